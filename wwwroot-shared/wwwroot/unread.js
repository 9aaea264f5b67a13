// What is unread in this browser: one counter per hub and set of topics, shared by every badge that shows it, in every tab, and kept over a reload.
import { isAfter } from './cursor.js';
import { ownHub, subscribe } from './subscribe.js';

/**
 * @typedef {import('./types').UnreadWish} Wish
 * @typedef {import('./types').Notification} Notification
 * @typedef {{ more: number, ids: string[], seen: string | null, cursor: string | null }} Kept `more`: unread ones whose ids are not kept
 */

// Ids of what is unread, the newest: enough to know what is taken back.
const saveEvery = 250, mostIds = 500;
/** @type {Map<string, Counter>} */
const counters = new Map();

/**
 * Counts the notifications received on `topics`. Count and cursor are stored together, so that a reload resumes exactly there: nothing is missed
 * and nothing counted twice. What is taken back while it is unread is not counted any more; an update counts nothing.
 * `clear()` is for all badges of these topics, in every tab; while `reading(true)`, what arrives counts as read.
 * @param {Wish} wish @returns {import('./types').Unread}
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
  #key; #count = 0; #subscription; #kept; #page = new AbortController();

  /** @param {string} key @param {string | undefined} hub @param {string[]} topics */
  constructor(key, hub, topics) {
    this.#key = key;
    this.#kept = parse(read(key));
    this.#recount();
    this.#subscription = subscribe({
      hub, topics, lastEventId: this.#kept.cursor,
      onNotifications: batch => {
        if (this.#readers.size) this.#forget(batch.at(-1)?.id);
        else this.#note(batch);
        this.#wishes.forEach(w => w.onNotifications?.(batch));
      },
      onUpdates: batch => this.#wishes.forEach(w => w.onUpdates?.(batch)),
      onRetracts: batch => {
        this.#kept.ids = this.#kept.ids.filter(id => !batch.some(r => r.id === id));
        this.#recount();
        this.#wishes.forEach(w => w.onRetracts?.(batch));
      },
      onCursor: cursor => { this.#kept.cursor = cursor; this.#saveSoon(); },
      onState: state => this.#wishes.forEach(w => w.onState?.(state)),
    });
    const { signal } = this.#page;
    addEventListener('pagehide', () => this.#save(), { signal });
    // Another tab has read them.
    addEventListener('storage', event => event.key === key && this.#forget(parse(event.newValue).seen), { signal });
  }

  /** @param {Wish} wish @returns {import('./types').Unread} */
  add(wish) {
    this.#wishes.add(wish);
    if (this.#count) wish.onChange?.(this.#count);
    const self = this;
    return {
      get count() { return self.#count; },
      get state() { return self.#subscription.state; },
      clear: () => this.#clear(),
      reading: on => {
        if (!on) this.#readers.delete(wish);
        else { this.#readers.add(wish); this.#clear(); }
      },
      close: () => this.#remove(wish),
    };
  }

  #clear() {
    this.#forget(this.#kept.cursor);
    this.#save();
  }

  /** Everything up to the cursor is read. @param {string | null | undefined} upTo */
  #forget(upTo) {
    const kept = this.#kept;
    if (!upTo || !isAfter(upTo, kept.seen)) return;
    kept.seen = upTo;
    kept.more = 0;
    kept.ids = kept.ids.filter(id => isAfter(id, upTo));
    this.#recount();
    this.#saveSoon();
  }

  /** @param {Notification[]} batch */
  #note(batch) {
    const kept = this.#kept, fresh = batch.map(n => n.id).filter(id => isAfter(id, kept.seen));
    kept.ids.push(...fresh);
    kept.more += kept.ids.splice(0, kept.ids.length - mostIds).length;
    this.#recount();
  }

  #recount() {
    const count = this.#kept.more + this.#kept.ids.length;
    if (count === this.#count) return;
    this.#count = count;
    this.#saveSoon();
    this.#wishes.forEach(w => w.onChange?.(count));
  }

  #saveSoon() { this.#saving ??= setTimeout(() => this.#save(), saveEvery); }

  #save() {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    // Storage may be full or forbidden: the badge then counts on, from zero after a reload.
    try { localStorage.setItem(this.#key, JSON.stringify(this.#kept)); } catch { /* see above */ }
  }

  /** @param {Wish} wish */
  #remove(wish) {
    this.#readers.delete(wish);
    if (!this.#wishes.delete(wish) || this.#wishes.size) return;
    this.#save();
    this.#page.abort();
    this.#subscription.close();
    counters.delete(this.#key);
  }
}

/** @param {string} key */
function read(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

/** What anyone may have written there. @param {string | null} text @returns {Kept} */
function parse(text) {
  let kept;
  try { kept = JSON.parse(text ?? '{}'); } catch { /* then nothing */ }
  const text_ = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : null);
  return {
    more: Number.isSafeInteger(kept?.more) && kept.more > 0 ? kept.more : 0,
    ids: Array.isArray(kept?.ids) ? kept.ids.filter(text_).slice(-mostIds) : [],
    seen: text_(kept?.seen), cursor: text_(kept?.cursor),
  };
}
