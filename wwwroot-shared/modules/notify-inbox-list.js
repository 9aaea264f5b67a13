// A list of any length: only the stretches near the window are drawn, the others keep their height.
import { el } from './notify-inbox-parts.js';
import { row } from './notify-inbox-row.js';

const stretch = 40, guess = 88;

/** @typedef {import('./types').InboxItem} Item */

export class List {
  /** @type {Map<string, { item: Item, day: string, element: HTMLElement }>} */ #rows = new Map();
  /** @type {HTMLElement[]} */ #stretches = [];
  /** @type {Set<Element>} */ #near = new Set();
  /** @type {Item[]} */ #items = [];
  /** @type {string | null} */ #current = null;
  #watch; #end; #known = true; #words; #acts;

  /** @param {HTMLElement} scroller @param {import('./notify-inbox-words.js').Words} words @param {import('./notify-inbox-row.js').Acts} acts @param {() => void} atEnd */
  constructor(scroller, words, acts, atEnd) {
    this.element = el('div', { role: 'feed', part: 'list', 'aria-label': words.texts.title, keydown: (/** @type {KeyboardEvent} */ e) => this.#key(e), focusin: (/** @type {FocusEvent} */ e) => this.#focused(e) });
    this.#words = words;
    this.#acts = acts;
    this.#end = el('div', { class: 'end' });
    scroller.append(this.element, this.#end);
    this.#watch = new IntersectionObserver(entries => {
      if (!scroller.clientHeight) return; // closed: what was there is there at once when it opens again
      for (const { target, isIntersecting } of entries) {
        if (target === this.#end) { if (isIntersecting) atEnd(); }
        else if (isIntersecting) this.#near.add(target);
        else this.#near.delete(target);
      }
      this.#fill();
    }, { root: scroller, rootMargin: '600px' });
  }

  /** @param {Item[]} items @param {boolean} more @param {boolean} known */
  draw(items, more, known) {
    if (known !== this.#known) this.#rows.clear();
    this.#known = known;
    const held = this.#focusedAt();
    this.#items = items;
    this.element.hidden = !items.length; // a feed without articles is none
    const many = Math.ceil(items.length / stretch);
    while (this.#stretches.length < many) {
      const one = el('div', {});
      this.#stretches.push(one);
      this.element.append(one);
      if (this.#stretches.length === 1) this.#near.add(one); // what is opened is there at once
      this.#watch.observe(one);
    }
    for (const one of this.#stretches.splice(many)) { this.#watch.unobserve(one); this.#near.delete(one); one.remove(); }
    if (!items.some(i => i.id === this.#current)) this.#current = items[Math.min(Math.max(held, 0), items.length - 1)]?.id ?? null;
    this.#fill();
    // Its row was archived, or drawn anew: the focus stays where it was.
    if (held >= 0 && this.#focusedAt() < 0) this.#rows.get(this.#current ?? '')?.element.focus({ preventScroll: true });
    this.#end.textContent = more ? '' : items.length > stretch ? this.#words.texts.end : '';
    this.#watch.unobserve(this.#end);
    if (more) this.#watch.observe(this.#end); // tells at once when the end is still in sight
  }

  /** Times go on by themselves. */
  tick() {
    const now = Date.now();
    for (const { item, element } of this.#rows.values()) {
      const time = element.querySelector('time'), text = this.#words.ago(new Date(item.publishedAt), now);
      if (time && time.textContent !== text) time.textContent = text;
    }
  }

  /** Its beginning is looked at. */
  top() {
    this.#near.clear();
    if (this.#stretches.length) this.#near.add(this.#stretches[0]);
    this.#current = this.#items[0]?.id ?? null;
    this.#fill();
  }

  focus() { this.#rows.get(this.#current ?? '')?.element.focus(); }
  close() { this.#watch.disconnect(); }

  #fill() {
    const drawn = new Map(), now = Date.now();
    this.#stretches.forEach((one, at) => {
      if (!this.#near.has(one) && !one.contains(this.#active())) {
        if (one.firstChild) one.style.height = `${one.offsetHeight}px`;
        else if (!one.style.height) one.style.height = `${guess * stretch}px`;
        one.replaceChildren();
        return;
      }
      one.style.height = '';
      const wanted = [];
      for (let i = at * stretch; i < Math.min(this.#items.length, (at + 1) * stretch); i++) {
        const item = this.#items[i], day = this.#words.day(new Date(item.publishedAt), now);
        const heading = i && this.#words.day(new Date(this.#items[i - 1].publishedAt), now) === day ? '' : day;
        const known = this.#rows.get(item.id);
        const element = known && known.item === item && known.day === heading ? known.element : this.#row(item, heading);
        drawn.set(item.id, { item, day: heading, element });
        wanted.push(element);
      }
      // Only what differs is moved: a row that is moved loses its focus.
      wanted.forEach((element, i) => { if (one.children[i] !== element) one.insertBefore(element, one.children[i] ?? null); });
      while (one.children.length > wanted.length) one.lastElementChild?.remove();
    });
    this.#rows = drawn;
    this.#rove();
  }

  /** @param {Item} item @param {string} day */
  #row(item, day) {
    const element = row(item, this.#words, this.#acts, this.#known);
    element.dataset.id = item.id;
    if (day) element.prepend(el('h3', { class: 'day' }, day));
    return element;
  }

  #active() { return /** @type {ShadowRoot} */ (this.element.getRootNode()).activeElement ?? null; }

  #focusedAt() {
    const id = this.#active()?.closest('article')?.dataset.id;
    return id ? this.#items.findIndex(i => i.id === id) : -1;
  }

  #rove() {
    for (const [id, { element }] of this.#rows) {
      const stop = id === this.#current ? 0 : -1;
      element.tabIndex = stop;
      for (const inner of element.querySelectorAll('a, button')) /** @type {HTMLElement} */ (inner).tabIndex = stop;
    }
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    const id = /** @type {HTMLElement} */ (event.target).closest('article')?.dataset.id;
    if (!id || id === this.#current) return;
    this.#current = id;
    this.#rove();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.#focusedAt(), item = this.#items[at];
    if (!item) return;
    const row = this.#rows.get(item.id)?.element, onRow = this.#active() === row;
    const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5, Home: -Infinity, End: Infinity })[event.key];
    if (step) {
      const to = this.#items[Math.min(this.#items.length - 1, Math.max(0, at + step))];
      this.#current = to.id;
      this.#near.add(this.#stretches[Math.floor(this.#items.indexOf(to) / stretch)]);
      this.#fill();
      this.focus();
    } else if (event.key === 'Enter' && onRow) /** @type {HTMLElement} */ (row?.querySelector('h4 a') ?? row).click();
    else if (event.key === 'Delete' && this.#known) this.#acts.away(item);
    else return;
    event.preventDefault();
  }
}
