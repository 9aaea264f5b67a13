// New notifications at the edge of the page, for a few seconds while the page is visible.
import { actionLinks, clipped, details, headline, severitySign } from './notify-inbox-content.js';
import { el, safeUrl } from './notify-inbox-dom.js';
import { icon } from './notify-inbox-icons.js';

/** @typedef {import('../types').InboxItem} Item */

const toastDuration = 6_000, tickInterval = 500, maxToasts = 3;

export class Toasts {
  /** @type {Map<HTMLElement, number>} the time left for each toast, in ms; Infinity for critical ones */ #timeLeft = new Map();
  /** @type {number | undefined} */ #timer;
  #hiddenCount = 0;
  #more;
  #open;
  #words;

  /** @param {ShadowRoot} root @param {import('./notify-inbox-words.js').Words} words @param {import('./notify-inbox-content.js').Open} open */
  constructor(root, words, open) {
    this.#words = words;
    this.#open = open;
    this.#more = el('p', { class: 'burst', hidden: true });
    this.element = el('div', { popover: 'manual', class: 'toasts', part: 'toasts', role: 'region', lang: words.lang, 'aria-label': words.texts.title }, this.#more);
    root.append(this.element);
  }

  get ids() { return [...this.#timeLeft.keys()].map(toast => toast.dataset.id ?? ''); }

  /** @param {Item[]} items */
  show(items) {
    for (const item of items.slice(-maxToasts)) this.#add(item);
    const surplus = [...this.#timeLeft.keys()].slice(0, -maxToasts);
    surplus.forEach(toast => this.#remove(toast));
    this.#hiddenCount += Math.max(0, items.length - maxToasts) + surplus.length;
    this.#more.hidden = !this.#hiddenCount;
    this.#more.textContent = this.#words.count(this.#words.texts.burst, this.#hiddenCount);
    this.element.append(this.#more);
    if (!this.element.matches(':popover-open')) this.element.showPopover();
    this.#timer ??= setInterval(() => this.#tick(), tickInterval);
  }

  clear() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const toast of this.#timeLeft.keys()) toast.remove();
    this.#timeLeft.clear();
    this.#hiddenCount = 0;
    if (this.element.matches(':popover-open')) this.element.hidePopover();
  }

  /** @param {string[]} ids */
  drop(ids) {
    for (const toast of [...this.#timeLeft.keys()]) if (ids.includes(toast.dataset.id ?? '')) this.#remove(toast);
  }

  /** @param {Item} item */
  #add(item) {
    const remove = () => this.#remove(element);
    const element = toast(item, this.#words, (opened, event, url) => {
      remove();
      this.#open(opened, event, url);
    }, remove);
    this.#timeLeft.set(element, item.severity === 'critical' ? Infinity : toastDuration);
    this.element.append(element);
  }

  /** Counts the time down, except while a toast is hovered or focused, or the page is hidden. */
  #tick() {
    if (this.element.ownerDocument.hidden || this.element.matches(':hover, :focus-within')) return;
    for (const [toast, left] of this.#timeLeft) {
      if (left <= tickInterval) this.#remove(toast);
      else this.#timeLeft.set(toast, left - tickInterval);
    }
  }

  /** @param {HTMLElement} toast */
  #remove(toast) {
    this.#timeLeft.delete(toast);
    toast.remove();
    if (!this.#timeLeft.size) this.clear();
  }
}

/**
 * @param {Item} item @param {import('./notify-inbox-words.js').Words} words @param {import('./notify-inbox-content.js').Open} open @param {() => void} dismiss
 * @returns {HTMLElement}
 */
export function toast(item, words, open, dismiss) {
  const name = headline(item), body = details(item), href = safeUrl(item.url) ?? undefined;
  const click = (/** @type {Event} */ event) => open(item, event, href), title = clipped('span', name, words);
  return el('div', { class: 'toast', part: 'toast', role: 'group', 'aria-label': name, 'data-id': item.id },
    severitySign(item, words.texts),
    el('div', { class: 'text' },
      href ? el('a', { class: 'title', href, click }, title) : el('button', { type: 'button', class: 'title', click }, title),
      body && clipped('p', body, words),
      actionLinks(item, words, open)),
    el('button', { type: 'button', 'aria-label': `${words.texts.dismiss}: ${name}`, click: dismiss }, icon('close')));
}
