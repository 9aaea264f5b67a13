// What is unread on this page: one counter per hub and set of topics, shared by every badge that shows it, and kept over a reload.
import { ownHub, subscribe } from './subscribe.js';

/**
 * @typedef {import('./subscribe.js').Notification} Notification
 * @typedef {import('./subscribe.js').StreamState} StreamState
 * @typedef {{ hub?: string, topics?: string[], onChange?(count: number): void, onNotifications?(batch: Notification[]): void, onState?(state: StreamState): void }} Wish
 * @typedef {{ readonly count: number, readonly state: StreamState, clear(): void, reading(on: boolean): void, close(): void }} Unread
 */

const saveEvery = 250;
/** @type {Map<string, Counter>} */
const counters = new Map();

/**
 * Counts the notifications received on `topics`. Count and cursor are stored together, so that a reload resumes exactly there:
 * nothing is missed and nothing counted twice. `clear()` is for all badges of these topics; while `reading(true)`, what arrives counts as read.
 * @param {Wish} wish @returns {Unread}
 */
export function unread(wish) {
  const topics = [...new Set(wish.topics?.length ? wish.topics : ['broadcast'])].sort();
  const key = `notify-unread:${new URL(wish.hub || ownHub, document.baseURI).href}:${JSON.stringify(topics)}`;
  let counter = counters.get(key);
  if (!counter) counters.set(key, counter = new Counter(key, wish.hub, topics));
  return counter.add(wish);
}

class Counter {
  /** @type {Set<Wish>} */ #wishes = new Set();
  /** @type {Set<Wish>} */ #readers = new Set();
  /** @type {number | undefined} */ #saving;
  /** @type {string | null} */ #cursor;
  #key; #count; #subscription;
  #save = () => {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    // Storage may be full or forbidden: the badge then counts on, from zero after a reload.
    try { sessionStorage.setItem(this.#key, JSON.stringify({ count: this.#count, cursor: this.#cursor })); } catch { /* see above */ }
  };

  /** @param {string} key @param {string | undefined} hub @param {string[]} topics */
  constructor(key, hub, topics) {
    this.#key = key;
    const kept = restore(key);
    this.#count = kept.count;
    this.#cursor = kept.cursor;
    this.#subscription = subscribe({
      hub, topics, lastEventId: kept.cursor,
      onNotifications: batch => {
        if (!this.#readers.size) this.#set(this.#count + batch.length);
        this.#wishes.forEach(w => w.onNotifications?.(batch));
      },
      onCursor: cursor => { this.#cursor = cursor; this.#saving ??= setTimeout(this.#save, saveEvery); },
      onState: state => this.#wishes.forEach(w => w.onState?.(state)),
    });
    addEventListener('pagehide', this.#save);
  }

  /** @param {Wish} wish @returns {Unread} */
  add(wish) {
    this.#wishes.add(wish);
    if (this.#count) wish.onChange?.(this.#count);
    const self = this;
    return {
      get count() { return self.#count; },
      get state() { return self.#subscription.state; },
      clear: () => this.#set(0),
      reading: on => {
        if (!on) this.#readers.delete(wish);
        else { this.#readers.add(wish); this.#set(0); }
      },
      close: () => this.#remove(wish),
    };
  }

  /** @param {number} count */
  #set(count) {
    if (count === this.#count) return;
    this.#count = count;
    this.#saving ??= setTimeout(this.#save, saveEvery);
    this.#wishes.forEach(w => w.onChange?.(count));
  }

  /** @param {Wish} wish */
  #remove(wish) {
    this.#readers.delete(wish);
    if (!this.#wishes.delete(wish) || this.#wishes.size) return;
    this.#save();
    removeEventListener('pagehide', this.#save);
    this.#subscription.close();
    counters.delete(this.#key);
  }
}

/** @param {string} key @returns {{ count: number, cursor: string | null }} */
function restore(key) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    return { count: Number.isSafeInteger(kept.count) && kept.count > 0 ? kept.count : 0, cursor: typeof kept.cursor === 'string' ? kept.cursor : null };
  } catch { return { count: 0, cursor: null }; }
}
