// The dialog below the bell. It is modal, so that the browser keeps the focus in it and restores it afterwards.
import { badgeText } from './badge-words.js';
import { loadWhenNeeded } from './load-when-needed.js';
import { el, isRightToLeft } from './notify-inbox-dom.js';
import { icon } from './notify-inbox-icons.js';
import { List } from './notify-inbox-list.js';
import { ListState } from './notify-inbox-states.js';
import { Strips } from './notify-inbox-strips.js';

/** @typedef {import('./notify-inbox-model.js').Tab} Tab */

const tickInterval = 15_000, phoneWidth = 480, margin = 8, maxTabCount = 99;
/** @type {Tab[]} */
const tabNames = ['all', 'unread', 'archived'];

export class Panel {
  /** @type {number | undefined} */ #ticker;
  /** @type {AbortController | undefined} */ #placing;
  #missingPart = false;
  #bell;
  #model;
  #words;
  #onToggle;
  #view;
  #tabs;
  #readAll;
  #gear;
  #strips;
  #state;
  #scroller;
  #list;
  #dialog;

  /**
   * @param {ShadowRoot} root @param {HTMLElement} bell @param {import('./notify-inbox-model.js').InboxModel} model @param {import('./notify-inbox-words.js').Words} words
   * @param {import('./notify-inbox-content.js').Open} open @param {(isOpen: boolean) => void} onToggle
   */
  constructor(root, bell, model, words, open, onToggle) {
    const { texts } = words;
    this.#bell = bell;
    this.#model = model;
    this.#words = words;
    this.#onToggle = onToggle;
    this.#view = /** @type {Window} */ (root.ownerDocument.defaultView);
    /** @type {HTMLElement[]} */
    this.#tabs = tabNames.map(tab => el('button', { type: 'button', role: 'tab', id: `tab-${tab}`, dir: 'auto', 'aria-controls': 'items', click: () => this.#choose(tab) }));
    this.#strips = new Strips(model, words);
    this.#state = new ListState(texts, () => model.load());
    this.#scroller = el('div', { class: 'scroller', id: 'items', role: 'tabpanel', 'aria-labelledby': 'tab-all', tabindex: -1 }, this.#state.element);
    this.#list = new List(this.#scroller, words, {
      open,
      archive: item => (item.archived ? model.unarchive(item.id) : model.archive(item.id)),
      showMenu: (item, button) => this.#loadAndUse(() => import('./notify-inbox-menu.js'), 'notify-inbox-menu.js', part => part.showMenu(this.#dialog, button, item, model, words)),
    }, () => model.loadMore());
    this.#readAll = el('button', { type: 'button', class: 'read-all', title: texts.readAll, click: () => model.readAll() }, icon('check'), el('span', {}, texts.readAll));
    this.#gear = el('button', { type: 'button', 'aria-label': texts.settings, title: texts.settings, click: () => this.#showSettings() }, icon('gear'));
    this.#dialog = this.#makeDialog();
    root.append(this.#dialog);
  }

  get open() { return this.#dialog.open; }

  show() {
    this.#model.isOpen = true;
    this.#dialog.showModal();
    this.#place();
    const { signal } = this.#placing = new AbortController();
    this.#view.addEventListener('resize', () => this.#place(), { signal });
    this.#view.addEventListener('scroll', () => this.#place(), { signal, capture: true });
    this.#scroller.scrollTop = 0;
    this.#list.showTop();
    this.#ticker = setInterval(() => this.#list.updateTimes(), tickInterval);
    this.#model.show();
    this.#list.updateTimes();
    this.#tabs.find(tab => tab.tabIndex === 0)?.focus();
    this.#onToggle(true);
  }

  close() { this.#dialog.close(); }

  remove() {
    if (this.#model.isOpen) this.#closed();
    this.#list.close();
    this.#dialog.remove();
  }

  draw() {
    if (!this.open) return;
    const { items, tab, status, hasRecipient, hasMore, unread } = this.#model;
    this.#drawTabs();
    this.#gear.hidden = !hasRecipient;
    this.#readAll.hidden = !hasRecipient || (!unread && items.every(item => item.read));
    this.#strips.draw(this.#missingPart);
    this.#list.element.setAttribute('aria-busy', String(status === 'loading'));
    this.#list.draw(items, hasMore, hasRecipient);
    const isEmpty = !items.length && !hasMore;
    this.#state.draw(status === 'ready' ? (isEmpty ? tab : '') : status);
  }

  #makeDialog() {
    const { texts, lang } = this.#words;
    return el('dialog', {
      part: 'panel', 'aria-labelledby': 'title', lang,
      close: (/** @type {Event} */ event) => { if (event.target === this.#dialog) this.#closed(); },
      click: (/** @type {Event} */ event) => { if (event.target === this.#dialog) this.close(); }, // on the backdrop
    },
      el('div', { class: 'panel' },
        el('div', { class: 'head', part: 'header' },
          el('h2', { id: 'title' }, texts.title), this.#readAll, this.#gear,
          el('button', { type: 'button', 'aria-label': texts.close, click: () => this.close() }, icon('close'))),
        el('div', { role: 'tablist', part: 'tabs', 'aria-label': texts.title, keydown: (/** @type {KeyboardEvent} */ event) => this.#tabKey(event) }, ...this.#tabs),
        ...this.#strips.elements, this.#scroller));
  }

  #drawTabs() {
    const { tab: chosen, unread, hasRecipient } = this.#model, { texts } = this.#words;
    const labels = { all: texts.all, unread: `${texts.unreadTab} ${unread ? badgeText(unread, maxTabCount) : ''}`.trim(), archived: texts.archived };
    tabNames.forEach((name, i) => {
      const tab = this.#tabs[i];
      tab.setAttribute('aria-selected', String(name === chosen));
      tab.tabIndex = name === chosen ? 0 : -1;
      tab.hidden = !hasRecipient && name !== 'all';
      if (tab.textContent !== labels[name]) tab.textContent = labels[name];
    });
    this.#scroller.setAttribute('aria-labelledby', `tab-${chosen}`);
  }

  #showSettings() {
    this.#loadAndUse(() => import('./notify-inbox-settings.js'), 'notify-inbox-settings.js', part => part.showSettings(this.#dialog, this.#model.preferences, this.#words));
  }

  /** Loads a part of the inbox at its first use. @template T @param {() => Promise<T>} load @param {string} file @param {(part: T) => void} use */
  async #loadAndUse(load, file, use) {
    const part = await loadWhenNeeded(load, file).catch(console.warn);
    this.#missingPart = !part;
    this.draw();
    if (part) use(part);
  }

  /** @param {Tab} tab */
  #choose(tab) {
    this.#scroller.scrollTop = 0;
    this.#model.show(tab);
  }

  /** @param {KeyboardEvent} event */
  #tabKey(event) {
    const tabs = this.#tabs.filter(tab => !tab.hidden), at = tabs.indexOf(/** @type {HTMLElement} */ (event.target));
    const forward = isRightToLeft(this.#dialog) ? -1 : 1, step = { ArrowRight: forward, ArrowLeft: -forward }[event.key];
    if (event.key === 'ArrowDown') this.#list.focus();
    else if (step) {
      const next = tabs[(at + step + tabs.length) % tabs.length];
      next.click();
      next.focus();
    } else return;
    event.preventDefault();
  }

  #closed() {
    this.#model.isOpen = false;
    this.#model.forgetRefused();
    clearInterval(this.#ticker);
    this.#state.draw('');
    this.#placing?.abort();
    this.#onToggle(false);
  }

  /** Places the panel below the bell, within the window; on a phone, the panel fills the window. */
  #place() {
    const { style, offsetWidth: width, offsetHeight: height } = this.#dialog, { innerWidth, innerHeight } = this.#view;
    const { left, right, bottom } = this.#bell.getBoundingClientRect(), isPhone = innerWidth < phoneWidth;
    const x = isRightToLeft(this.#bell) ? left : right - width;
    style.left = isPhone ? '0' : `${Math.max(margin, Math.min(x, innerWidth - width - margin))}px`;
    style.top = isPhone ? '0' : `${Math.max(margin, Math.min(bottom + margin, innerHeight - height - margin))}px`;
  }
}
