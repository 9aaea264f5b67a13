// How many are new: one counter per hub and set of topics, shared by every badge that shows it, in every tab. A recipient's is kept by the
// hub, for all devices; anybody else's in this browser, over a reload.
import { isAfter, isSurelyAfter } from './cursor.js';
import { isMuted } from './mute-rules.js';
import { ownHub, subscribe } from './subscribe.js';

/**
 * @typedef {import('./types').UnreadWish} Wish
 * @typedef {import('./types').Notification} Notification
 * @typedef {import('./types').Counts} Counts
 * @typedef {{ more: number, ids: string[], seen: string | null, cursor: string | null }} Kept `ids` are new and lie behind `seen`; `more` others are new too
 */

// The newest ids: enough to know what is taken back.
const saveEvery = 250, mostIds = 500;
/** @type {Map<string, Counter>} */
const counters = new Map();

/**
 * Counts the notifications received on `topics`. Count and cursor go together: nothing is missed and nothing counted twice. What is taken back
 * while it is new is not counted any more; an update counts nothing. `clear()` is for all badges of these topics in every tab, and for a
 * recipient on every device; while `reading(true)`, what arrives is cleared at once.
 * @param {Wish} wish @returns {import('./types').Unread}
 */
export function unread(wish) {
  const topics = [...new Set(wish.topics ?? [])].sort(), mode = wish.mode ?? 'unseen';
  const key = `notify-unread:${new URL(wish.hub || ownHub, document.baseURI).href}:${JSON.stringify(topics.length || wish.tokenUrl ? topics : ['broadcast'])}`;
  const all = `${key} ${mode} ${wish.tokenUrl ?? ''}`;
  let counter = counters.get(all);
  if (!counter) counters.set(all, counter = new Counter(key, wish, topics, mode, () => counters.delete(all)));
  return counter.add(wish);
}

class Counter {
  /** @type {Set<Wish>} */ #wishes = new Set();
  /** @type {Set<Wish>} */ #readers = new Set();
  /** @type {number | undefined} */ #saving;
  /** @type {((n: Notification) => boolean) | null} of a recipient whose hub counts these topics */ #muted = null;
  #key; #topics; #mode; #end; #recipient = ''; #count = 0; #subscription; #kept; #page = new AbortController();

  /** @param {string} key @param {Wish} wish @param {string[]} topics @param {'unseen' | 'unread'} mode @param {() => void} end */
  constructor(key, { hub, tokenUrl, presence }, topics, mode, end) {
    this.#key = key;
    this.#topics = topics;
    this.#mode = mode;
    this.#end = end;
    this.#kept = parse(tokenUrl ? null : read(key));
    this.#recount();
    this.#subscription = subscribe({
      hub, tokenUrl, topics, presence, lastEventId: this.#kept.cursor,
      onRecipient: recipient => {
        if (recipient === this.#recipient) return;
        this.#recipient = recipient;
        this.#muted = null;
        this.#kept = parse(null);
        this.#recount();
      },
      onCounts: (counts, preferences) => this.#set(counts, preferences),
      onNotifications: batch => {
        if (this.#readers.size) this.#clear(batch[batch.length - 1].id);
        else this.#note(batch);
        this.#wishes.forEach(w => w.onNotifications?.(batch));
      },
      onUpdates: batch => this.#wishes.forEach(w => w.onUpdates?.(batch)),
      onRetracts: batch => {
        const over = new Set(batch.map(r => r.id)), left = this.#kept.ids.filter(id => !over.has(id));
        // Only the hub knows whether what came before the counts was new.
        if (this.#muted && this.#kept.more && this.#kept.ids.length - left.length < over.size) this.#subscription.refresh();
        this.#kept.ids = left;
        this.#recount();
        this.#wishes.forEach(w => w.onRetracts?.(batch));
      },
      onCursor: cursor => { this.#kept.cursor = cursor; this.#saveSoon(); },
      onState: state => this.#wishes.forEach(w => w.onState?.(state)),
    });
    const { signal } = this.#page;
    addEventListener('pagehide', () => this.#save(), { signal });
    // Another tab has cleared them.
    addEventListener('storage', event => event.key === key && !this.#recipient && this.#forget(parse(event.newValue).seen), { signal });
  }

  /** @param {Wish} wish @returns {import('./types').Unread} */
  add(wish) {
    this.#wishes.add(wish);
    if (this.#count) wish.onChange?.(this.#count);
    const self = this;
    return {
      get count() { return self.#count; },
      get state() { return self.#subscription.state; },
      clear: () => this.#clear(this.#kept.cursor),
      reading: on => {
        if (!on) this.#readers.delete(wish);
        else { this.#readers.add(wish); this.#clear(this.#kept.cursor); }
      },
      close: () => this.#remove(wish),
    };
  }

  /** @param {string | null} upTo */
  #clear(upTo) {
    if (!upTo) return;
    this.#forget(upTo);
    this.#save();
    // The answer comes as hub.read too, to every tab and device.
    if (this.#muted) this.#subscription.call(`api/inbox/${this.#mode === 'unread' ? 'read' : 'seen'}`, { upTo, topics: this.#topics.length ? this.#topics : undefined }).catch(console.warn);
  }

  /** Set, not added up: what came behind them moves them. @param {Counts} counts @param {import('./mute-rules.js').Preferences} preferences */
  #set({ countsAt, topics, ...total }, preferences, exact = false) {
    const kept = this.#kept;
    if (this.#topics.some(t => !topics[t]) || isSurelyAfter(kept.seen, countsAt)) return;
    const of = this.#topics.map(t => topics[t][this.#mode]);
    kept.more = of.length && !exact ? Math.min(of.reduce((a, b) => a + b), total[this.#mode]) : total[this.#mode];
    kept.seen = countsAt;
    kept.ids = kept.ids.filter(id => isAfter(id, countsAt));
    this.#recount();
    if (exact) return;
    const inbox = Object.keys(topics);
    this.#muted = notification => !!preferences && isMuted(preferences, inbox, notification);
    // What is on several topics was counted with each.
    if (of.filter(Boolean).length > 1) {
      const asked = new URLSearchParams(this.#topics.map(topic => ['topic', topic]));
      this.#subscription.call(`api/inbox/counts?${asked}`).then(counts => this.#set(counts, preferences, true), console.warn);
    }
  }

  /** Nothing up to the cursor is new. @param {string | null} upTo */
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
    const kept = this.#kept;
    kept.ids.push(...batch.filter(n => isAfter(n.id, kept.seen) && !this.#muted?.(n)).map(n => n.id));
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
    if (this.#recipient) return; // nothing of theirs stays in a browser that others may use
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
    this.#end();
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
  const string = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : null);
  return {
    more: Number.isSafeInteger(kept?.more) && kept.more > 0 ? kept.more : 0,
    ids: Array.isArray(kept?.ids) ? kept.ids.filter(string).slice(-mostIds) : [],
    seen: string(kept?.seen), cursor: string(kept?.cursor),
  };
}
