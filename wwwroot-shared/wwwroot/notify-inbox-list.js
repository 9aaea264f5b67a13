// A virtualised list: only sections near the visible part have rows; the others keep their height.
import { el } from './notify-inbox-dom.js';
import { row, updateRow } from './notify-inbox-row.js';

const sectionSize = 40, estimatedRowHeight = 88;

/** @type {Record<string, number>} */
const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5, Home: -Infinity, End: Infinity };

/** @typedef {import('../types').InboxItem} Item */

export class List {
  /** @type {Map<string, { item: Item, day: string, element: HTMLElement }>} */ #rows = new Map();
  /** @type {HTMLElement[]} */ #sections = [];
  /** @type {Set<Element>} */ #near = new Set();
  /** @type {Item[]} */ #items = [];
  /** @type {string | null} the row that is a tab stop */ #current = null;
  /** @type {Set<string>} ids of opened rows, which show the complete text */ #expanded = new Set();
  #hasRecipient = true;
  #words;
  /** @type {import('./notify-inbox-row.js').RowActions} */ #actions;
  #end;
  #observer;

  /** @param {HTMLElement} scroller @param {import('./notify-inbox-words.js').Words} words @param {import('./notify-inbox-row.js').RowActions} actions @param {() => void} onEnd */
  constructor(scroller, words, actions, onEnd) {
    this.element = el('div', {
      role: 'feed', part: 'list', 'aria-label': words.texts.title,
      keydown: (/** @type {KeyboardEvent} */ event) => this.#key(event), focusin: (/** @type {FocusEvent} */ event) => this.#focused(event),
    });
    this.#words = words;
    // A row stays when its item is replaced by a newer version, so actions must use the latest item.
    const latest = (/** @type {Item} */ item) => this.#rows.get(item.id)?.item ?? item;
    this.#actions = {
      open: (item, event, url) => {
        this.#expanded.add(item.id);
        this.#rows.get(item.id)?.element.classList.add('expanded');
        actions.open(latest(item), event, url);
      },
      archive: item => actions.archive(latest(item)),
      showMenu: (item, button) => actions.showMenu(latest(item), button),
    };
    this.#end = el('div', { class: 'end', dir: 'auto' });
    scroller.append(this.element, this.#end);
    this.#observer = new IntersectionObserver(entries => {
      if (!scroller.clientHeight) return; // the panel is closed; its rows are kept
      for (const { target, isIntersecting } of entries) {
        if (target === this.#end) { if (isIntersecting) onEnd(); }
        else if (isIntersecting) this.#near.add(target);
        else this.#near.delete(target);
      }
      this.#fill();
    }, { root: scroller, rootMargin: '600px' });
  }

  /** @param {Item[]} items @param {boolean} hasMore @param {boolean} hasRecipient */
  draw(items, hasMore, hasRecipient) {
    if (hasRecipient !== this.#hasRecipient) this.#rows.clear();
    this.#hasRecipient = hasRecipient;
    const focusedAt = this.#focusedAt();
    this.#items = items;
    this.element.hidden = !items.length; // a feed must contain articles
    this.#resize(Math.ceil(items.length / sectionSize));
    if (!items.some(({ id }) => id === this.#current)) this.#current = items[Math.min(Math.max(focusedAt, 0), items.length - 1)]?.id ?? null;
    this.#fill();
    // The focused row was archived, or replaced by a new element.
    if (focusedAt >= 0 && this.#focusedAt() < 0) this.#rows.get(this.#current ?? '')?.element.focus({ preventScroll: true });
    this.#end.textContent = !hasMore && items.length > sectionSize ? this.#words.texts.end : '';
    this.#observer.unobserve(this.#end);
    if (hasMore) this.#observer.observe(this.#end); // reports at once if the end is still visible
  }

  updateTimes() {
    const now = Date.now();
    for (const { item, element } of this.#rows.values()) {
      const time = element.querySelector('time'), text = this.#words.ago(new Date(item.publishedAt), now);
      if (time && time.textContent !== text) time.textContent = text;
    }
  }

  showTop() {
    this.#near.clear();
    if (this.#sections.length) this.#near.add(this.#sections[0]);
    this.#current = this.#items[0]?.id ?? null;
    this.#fill();
  }

  focus() { this.#rows.get(this.#current ?? '')?.element.focus(); }
  close() { this.#observer.disconnect(); }

  /** @param {number} count of sections */
  #resize(count) {
    while (this.#sections.length < count) {
      const section = el('div');
      this.#sections.push(section);
      this.element.append(section);
      if (this.#sections.length === 1) this.#near.add(section); // so that the first rows exist as soon as the panel opens
      this.#observer.observe(section);
    }
    for (const section of this.#sections.splice(count)) {
      this.#observer.unobserve(section);
      this.#near.delete(section);
      section.remove();
    }
  }

  #fill() {
    const rows = new Map();
    this.#sections.forEach((section, at) => {
      if (this.#near.has(section) || section.contains(this.#active())) this.#fillSection(section, at * sectionSize, rows);
      else clearSection(section);
    });
    this.#rows = rows;
    this.#updateTabStops();
  }

  /** @param {HTMLElement} section @param {number} start @param {Map<string, any>} rows gets the rows of the section */
  #fillSection(section, start, rows) {
    const now = Date.now(), dayOf = (/** @type {Item} */ item) => this.#words.day(new Date(item.publishedAt), now);
    section.style.height = '';
    const elements = this.#items.slice(start, start + sectionSize).map((item, i) => {
      const previous = this.#items[start + i - 1], day = previous && dayOf(previous) === dayOf(item) ? '' : dayOf(item);
      const known = this.#rows.get(item.id);
      const element = known?.day !== day ? this.#makeRow(item, day) : known.item === item ? known.element : updateRow(known.element, this.#makeRow(item, day));
      rows.set(item.id, { item, day, element });
      return element;
    });
    // Moves only rows that are in the wrong place, because a moved row loses its focus.
    elements.forEach((element, i) => {
      if (section.children[i] !== element) section.insertBefore(element, section.children[i] ?? null);
    });
    while (section.children.length > elements.length) section.lastElementChild?.remove();
  }

  /** @param {Item} item @param {string} day the heading above it, or '' */
  #makeRow(item, day) {
    const element = row(item, this.#words, this.#actions, { hasRecipient: this.#hasRecipient, expanded: this.#expanded.has(item.id) });
    element.dataset.id = item.id;
    if (day) element.prepend(el('h3', { class: 'day' }, day));
    setTabStop(element, item.id === this.#current);
    return element;
  }

  #active() { return /** @type {ShadowRoot} */ (this.element.getRootNode()).activeElement ?? null; }

  #focusedAt() {
    const id = this.#active()?.closest('article')?.dataset.id;
    return id ? this.#items.findIndex(i => i.id === id) : -1;
  }

  #updateTabStops() {
    for (const [id, { element }] of this.#rows) setTabStop(element, id === this.#current);
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    const id = /** @type {HTMLElement} */ (event.target).closest('article')?.dataset.id;
    if (!id || id === this.#current) return;
    this.#current = id;
    this.#updateTabStops();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.#focusedAt(), item = this.#items[at];
    if (!item) return;
    const element = this.#rows.get(item.id)?.element, isOnRow = this.#active() === element;
    const step = steps[event.key];
    if (step) {
      const to = this.#items[Math.min(this.#items.length - 1, Math.max(0, at + step))];
      this.#current = to.id;
      this.#near.add(this.#sections[Math.floor(this.#items.indexOf(to) / sectionSize)]);
      this.#fill();
      this.focus();
    } else if (event.key === 'Enter' && isOnRow) /** @type {HTMLElement} */ (element?.querySelector('h4 a') ?? element).click();
    else if (event.key === 'Delete' && this.#hasRecipient) this.#actions.archive(item);
    else return;
    event.preventDefault();
  }
}

/** @param {HTMLElement} row @param {boolean} isTabStop */
function setTabStop(row, isTabStop) {
  for (const element of [row, ...row.querySelectorAll('a, button')]) /** @type {HTMLElement} */ (element).tabIndex = isTabStop ? 0 : -1;
}

/** @param {HTMLElement} section */
function clearSection(section) {
  if (section.firstChild) section.style.height = `${section.offsetHeight}px`;
  else if (!section.style.height) section.style.height = `${estimatedRowHeight * sectionSize}px`;
  section.replaceChildren();
}
