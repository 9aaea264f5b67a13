// What is unread on this page: one counter per hub and set of topics, shared by every badge that shows it, and kept over a reload.
import { ownHub, subscribe } from './subscribe.js';

/**
 * @typedef {import('./subscribe.js').Notification} Notification
 * @typedef {import('./subscribe.js').Update} Update
 * @typedef {import('./subscribe.js').Retract} Retract
 * @typedef {import('./subscribe.js').StreamState} StreamState
 * @typedef {{ hub?: string, topics?: string[], onChange?(count: number): void, onNotifications?(batch: Notification[]): void,
 *   onUpdates?(batch: Update[]): void, onRetracts?(batch: Retract[]): void, onState?(state: StreamState): void }} Wish
 * @typedef {{ readonly count: number, readonly state: StreamState, clear(): void, reading(on: boolean): void, close(): void }} Unread
 */

// Ids of what is unread, the newest: enough to know what is taken back; of more than these the count stays as it is.
const saveEvery = 250, mostIds = 500;
/** @type {Map<string, Counter>} */
const counters = new Map();

/**
 * Counts the notifications received on `topics`. Count, ids and cursor are stored together, so that a reload resumes exactly there:
 * nothing is missed and nothing counted twice. What is taken back while it is unread is not counted any more; an update counts nothing. `clear()` is for all badges of these topics; while `reading(true)`, what arrives counts as read.
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
  /** @type {Set<string>} */ #ids;
  #key; #count; #subscription;
  #save = () => {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    // Storage may be full or forbidden: the badge then counts on, from zero after a reload.
    try { sessionStorage.setItem(this.#key, JSON.stringify({ count: this.#count, cursor: this.#cursor, ids: [...this.#ids] })); } catch { /* see above */ }
  };

  /** @param {string} key @param {string | undefined} hub @param {string[]} topics */
  constructor(key, hub, topics) {
    this.#key = key;
    const kept = restore(key);
    this.#count = kept.count;
    this.#cursor = kept.cursor;
    this.#ids = new Set(kept.ids);
    this.#subscription = subscribe({
      hub, topics, lastEventId: kept.cursor,
      onNotifications: batch => {
        if (!this.#readers.size) this.#note(batch);
        this.#wishes.forEach(w => w.onNotifications?.(batch));
      },
      onUpdates: batch => this.#wishes.forEach(w => w.onUpdates?.(batch)),
      onRetracts: batch => {
        this.#set(this.#count - batch.filter(({ id }) => this.#ids.delete(id)).length);
        this.#wishes.forEach(w => w.onRetracts?.(batch));
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

  /** @param {Notification[]} batch */
  #note(batch) {
    for (const { id } of batch) this.#ids.add(id);
    for (const id of this.#ids) {
      if (this.#ids.size <= mostIds) break;
      this.#ids.delete(id);
    }
    this.#set(this.#count + batch.length);
  }

  /** @param {number} count */
  #set(count) {
    if (count === 0) this.#ids.clear();
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

/** @param {string} key @returns {{ count: number, cursor: string | null, ids: string[] }} */
function restore(key) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    const count = Number.isSafeInteger(kept.count) && kept.count > 0 ? kept.count : 0;
    const ids = count > 0 && Array.isArray(kept.ids) ? kept.ids.filter((/** @type {unknown} */ id) => typeof id === 'string').slice(-Math.min(count, mostIds)) : [];
    return { count, cursor: typeof kept.cursor === 'string' ? kept.cursor : null, ids };
  } catch { return { count: 0, cursor: null, ids: [] }; }
}
