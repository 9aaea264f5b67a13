// What comes while the page is looked at, for a few seconds at its edge.
import { el, icon, link, sign } from './notify-inbox-parts.js';

const staysFor = 6_000, most = 3;

export class Toasts {
  /** @type {Map<HTMLElement, number>} how long each stays on; critical ones stay */ #left = new Map();
  /** @type {number | undefined} */ #clock;
  #hidden = 0; #more; #open; #words;

  /** @param {ShadowRoot} root @param {import('./notify-inbox-words.js').Words} words @param {(item: import('./types').InboxItem, event: Event, url?: string) => void} open */
  constructor(root, words, open) {
    this.#words = words;
    this.#open = open;
    this.#more = el('p', { class: 'burst', hidden: true });
    this.element = el('div', { popover: 'manual', class: 'toasts', part: 'toasts', role: 'region', 'aria-label': words.texts.title }, this.#more);
    root.append(this.element);
  }

  /** @param {import('./types').InboxItem[]} items */
  show(items) {
    for (const item of items.slice(-most)) this.#add(item);
    this.#hidden += Math.max(0, items.length - most);
    for (const old of [...this.#left.keys()].slice(0, -most)) { this.#hidden++; this.#remove(old); }
    this.#more.hidden = !this.#hidden;
    this.#more.textContent = this.#words.count(this.#words.texts.burst, this.#hidden);
    this.element.append(this.#more);
    if (!this.element.matches(':popover-open')) this.element.showPopover();
    this.#clock ??= setInterval(() => this.#pass(), 500);
  }

  clear() {
    clearInterval(this.#clock);
    this.#clock = undefined;
    for (const toast of this.#left.keys()) toast.remove();
    this.#left.clear();
    this.#hidden = 0;
    if (this.element.matches(':popover-open')) this.element.hidePopover();
  }

  /** @param {string[]} ids */
  drop(ids) { for (const toast of [...this.#left.keys()]) if (ids.includes(toast.dataset.id ?? '')) this.#remove(toast); }
  get ids() { return [...this.#left.keys()].map(t => t.dataset.id ?? ''); }

  /** @param {import('./types').InboxItem} item */
  #add(item) {
    const { texts } = this.#words, href = link(item.url) ?? undefined;
    const act = (/** @type {Event} */ e) => { this.#remove(toast); this.#open(item, e, href); };
    const title = item.title || item.body || item.type;
    const toast = el('div', { class: 'toast', part: 'toast', role: 'group', 'aria-label': title },
      sign(item, texts),
      el('div', { class: 'text' }, href ? el('a', { href, click: act }, title) : el('button', { type: 'button', class: 'plain', click: act }, title), item.title && item.body && el('p', {}, item.body)),
      el('button', { type: 'button', 'aria-label': `${texts.dismiss}: ${title}`, click: () => this.#remove(toast) }, icon('x')));
    toast.dataset.id = item.id;
    this.#left.set(toast, item.severity === 'critical' ? Infinity : staysFor);
    this.element.append(toast);
  }

  /** Time stands still while one is looked at, or the page is not. */
  #pass() {
    if (document.hidden || this.element.matches(':hover, :focus-within')) return;
    for (const [toast, left] of this.#left) {
      if (left <= 500) this.#remove(toast);
      else this.#left.set(toast, left - 500);
    }
  }

  /** @param {HTMLElement} toast */
  #remove(toast) {
    this.#left.delete(toast);
    toast.remove();
    if (!this.#left.size) this.clear();
  }
}

/** @type {AudioContext | undefined} */
let audio;

/** Two short notes; nothing where the browser wants a gesture first. */
export function chime() {
  try {
    audio ??= new AudioContext();
    const tone = audio.createOscillator(), volume = audio.createGain(), now = audio.currentTime;
    tone.frequency.setValueAtTime(660, now);
    tone.frequency.setValueAtTime(880, now + .09);
    volume.gain.setValueAtTime(.06, now);
    volume.gain.exponentialRampToValueAtTime(.0001, now + .3);
    tone.connect(volume).connect(audio.destination);
    tone.start(now);
    tone.stop(now + .3);
  } catch { /* see above */ }
}
