// The dialog under the bell: tabs, states in words, and the list. Modal, so that the browser keeps the focus in it and gives it back.
import { badgeText } from './badge-words.js';
import { loadWhenNeeded } from './load-when-needed.js';
import { List } from './notify-inbox-list.js';
import { el, icon } from './notify-inbox-parts.js';

const quietFor = 200, tickEvery = 15_000, wide = 480, edge = 8;
/** @type {import('./notify-inbox-box.js').Tab[]} */
const tabs = ['all', 'unread', 'archived'];

export class Panel {
  /** @type {number | undefined} */ #clock;
  /** @type {number | undefined} */ #patience;
  #bell; #box; #words; #toggled; #list; #tabs; #strip; #fault; #state; #dialog; #scroller; #readAll; #gear; #drawn = ''; #missing = false; #place = () => this.#under();

  /**
   * @param {ShadowRoot} root @param {HTMLElement} bell @param {import('./notify-inbox-box.js').Box} box @param {import('./notify-inbox-words.js').Words} words
   * @param {(item: import('./types').InboxItem, event: Event, url?: string) => void} follow @param {(open: boolean) => void} toggled
   */
  constructor(root, bell, box, words, follow, toggled) {
    const { texts } = words;
    this.#bell = bell;
    this.#box = box;
    this.#words = words;
    this.#toggled = toggled;
    /** @type {HTMLElement[]} */
    this.#tabs = tabs.map(tab => el('button', { type: 'button', role: 'tab', id: `tab-${tab}`, 'aria-controls': 'items', click: () => this.#turn(tab) }));
    this.#strip = el('p', { class: 'strip', part: 'strip', role: 'status', hidden: true });
    this.#fault = el('p', { class: 'strip', part: 'strip', role: 'alert', 'data-topic': '', hidden: true });
    this.#state = el('div', { class: 'state', part: 'state' });
    this.#scroller = el('div', { class: 'scroller', id: 'items', role: 'tabpanel', 'aria-labelledby': 'tab-all', tabindex: -1 }, this.#state);
    this.#gear = el('button', { type: 'button', 'aria-label': texts.settings, title: texts.settings, click: () => this.#with(() => import('./notify-inbox-settings.js'), 'notify-inbox-settings.js', part => part.showSettings(this.#dialog, box.preferences, words)) }, icon('gear'));
    this.#readAll = el('button', { type: 'button', class: 'quiet', click: () => box.readAll() }, icon('check'), texts.readAll);
    this.#dialog = el('dialog', { part: 'panel', 'aria-labelledby': 'title', lang: words.lang, close: (/** @type {Event} */ e) => { if (e.target === this.#dialog) this.#closed(); }, click: (/** @type {Event} */ e) => { if (e.target === this.#dialog) this.close(); } },
      el('div', { class: 'panel' },
        el('div', { class: 'head', part: 'header' }, el('h2', { id: 'title' }, texts.title), this.#readAll, this.#gear, el('button', { type: 'button', 'aria-label': texts.close, click: () => this.close() }, icon('x'))),
        el('div', { role: 'tablist', part: 'tabs', 'aria-label': texts.title, keydown: (/** @type {KeyboardEvent} */ e) => this.#key(e) }, ...this.#tabs),
        this.#strip, this.#fault, this.#scroller));
    this.#list = new List(this.#scroller, words, {
      open: (item, event, url) => {
        /** @type {HTMLElement | null} */ (/** @type {Element | null} */ (event.target)?.closest('article'))?.classList.add('whole');
        follow(item, event, url);
      },
      away: item => box.putAway(item.id, item.archived ? 'unarchive' : 'archive'),
      later: (item, button) => this.#with(() => import('./notify-inbox-menu.js'), 'notify-inbox-menu.js', part =>
        part.showMenu(this.#dialog, button, item, words, until => box.putAway(item.id, 'snooze', until), topic => box.preferences.mute(topic))),
    }, () => box.loadMore());
    root.append(this.#dialog);
  }

  get open() { return this.#dialog.open; }

  show() {
    this.#box.open = true;
    this.#dialog.showModal();
    this.#under();
    addEventListener('resize', this.#place);
    addEventListener('scroll', this.#place, true);
    this.#scroller.scrollTop = 0;
    this.#list.top();
    this.#clock = setInterval(() => this.#list.tick(), tickEvery);
    this.#box.load();
    this.#list.tick();
    /** @type {HTMLElement} */ (this.#tabs.find(t => t.tabIndex === 0)).focus();
    this.#toggled(true);
  }

  close() { this.#dialog.close(); }

  remove() { this.#box.open && this.#closed(); this.#list.close(); this.#dialog.remove(); }

  draw() {
    if (!this.open) return;
    const { items, tab, stand, known, more, unread, state, preferences } = this.#box, { texts } = this.#words;
    const labels = { all: texts.all, unread: texts.unreadTab, archived: texts.archived };
    this.#tabs.forEach((button, i) => {
      const on = tabs[i] === tab, count = tabs[i] === 'unread' && unread ? badgeText(unread, 99) : '';
      button.setAttribute('aria-selected', String(on));
      button.tabIndex = on ? 0 : -1;
      button.hidden = !known && i > 0;
      const label = `${labels[tabs[i]]} ${count}`.trim();
      if (button.textContent !== label) button.textContent = label;
    });
    this.#scroller.setAttribute('aria-labelledby', `tab-${tab}`);
    this.#gear.hidden = !known;
    this.#readAll.hidden = !known || (!unread && items.every(i => i.read));
    const away = state.status === 'offline' || state.status === 'reconnecting';
    const strip = this.#missing ? texts.notNow : away ? texts.offline.replace('{time}', this.#words.clock(new Date(state.since))) : known ? '' : texts.nobody;
    if (this.#strip.textContent !== strip) this.#strip.textContent = strip;
    this.#strip.hidden = !strip;
    const { notMuted } = preferences;
    if (this.#fault.dataset.topic !== (notMuted ?? '')) {
      this.#fault.dataset.topic = notMuted ?? '';
      this.#fault.replaceChildren(...notMuted ? [texts.notMuted.replace('{topic}', this.#words.topic([notMuted])), ' ', el('button', { type: 'button', class: 'button', click: () => preferences.mute(notMuted) }, texts.tryNow)] : []);
    }
    this.#fault.hidden = !notMuted;
    this.#list.element.setAttribute('aria-busy', String(stand === 'loading'));
    this.#list.draw(items, more, known);
    const shown = stand === 'ready' ? (items.length || more ? '' : tab) : stand;
    if (shown !== this.#drawn) this.#tell(this.#drawn = shown);
  }

  /** What is loaded at its first use. @template T @param {() => Promise<T>} load @param {string} file @param {(part: T) => void} use */
  async #with(load, file, use) {
    const part = await loadWhenNeeded(load, file).catch(console.warn);
    this.#missing = !part;
    this.draw();
    if (part) use(part);
  }

  /** @param {string} what */
  #tell(what) {
    const { texts } = this.#words, state = this.#state;
    clearTimeout(this.#patience);
    state.replaceChildren();
    const say = (/** @type {string} */ sign, /** @type {string} */ title, /** @type {string} */ hint) => state.append(el('div', { class: 'empty', role: 'status' }, el('span', { class: 'ill' }, icon(sign)), el('strong', {}, title), el('p', {}, hint)));
    if (what === 'all') say('bell', texts.empty, texts.emptyHint);
    else if (what === 'unread') say('check', texts.noneUnread, texts.noneUnreadHint);
    else if (what === 'archived') say('archive', texts.noneArchived, texts.noneArchivedHint);
    else if (what === 'failed') {
      say('critical', texts.failed, texts.failedHint);
      state.firstElementChild?.append(el('button', { type: 'button', class: 'button', click: () => this.#box.load() }, texts.tryNow));
    } else if (what === 'loading') {
      const bones = Array.from({ length: 4 }, () => el('div', { class: 'bone' }, el('i'), el('i'), el('i')));
      this.#patience = setTimeout(() => state.append(el('span', { class: 'sr', role: 'status' }, texts.loading), ...bones), quietFor);
    }
  }

  /** @param {import('./notify-inbox-box.js').Tab} tab */
  #turn(tab) {
    this.#scroller.scrollTop = 0;
    this.#box.load(tab);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const there = this.#tabs.filter(t => !t.hidden), at = there.indexOf(/** @type {HTMLElement} */ (event.target));
    const rtl = getComputedStyle(this.#dialog).direction === 'rtl', step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    if (event.key === 'ArrowDown') this.#list.focus();
    else if (step) {
      const to = there[(at + step + there.length) % there.length];
      to.click();
      to.focus();
    } else return;
    event.preventDefault();
  }

  #closed() {
    this.#box.open = false;
    clearInterval(this.#clock);
    clearTimeout(this.#patience);
    this.#drawn = '';
    this.#state.replaceChildren();
    removeEventListener('resize', this.#place);
    removeEventListener('scroll', this.#place, true);
    this.#toggled(false);
  }

  /** Under the bell, within the window; on a phone it fills it. */
  #under() {
    const { style } = this.#dialog, { left, right, bottom } = this.#bell.getBoundingClientRect(), width = this.#dialog.offsetWidth;
    const whole = innerWidth < wide, rtl = getComputedStyle(this.#bell).direction === 'rtl';
    style.left = whole ? '0' : `${Math.max(edge, Math.min(rtl ? left : right - width, innerWidth - width - edge))}px`;
    style.top = whole ? '0' : `${Math.max(edge, Math.min(bottom + edge, innerHeight - this.#dialog.offsetHeight - edge))}px`;
  }
}
