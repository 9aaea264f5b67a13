// Many listeners, one stream: per page and hub there is one request for the union of their topics, and every listener has a cursor of its own.
import { formatCursor, isAfter, parseCursor } from './cursor.js';
import { HubStream } from './hub-stream.js';

/**
 * @typedef {import('./cursor.js').Cursor} Cursor
 * @typedef {import('./hub-stream.js').StreamState} StreamState
 * @typedef {{ id: string, type: string, topics: string[], title?: string, body?: string, severity?: string, url?: string, icon?: string,
 *   tags?: string[], actions?: { label: string, url: string }[], publishedAt: string, updatedAt?: string, expiresAt?: string, data?: unknown }} Notification
 * @typedef {Notification & { cursor: string }} Update its whole new content; `cursor` is the place of the change in the log
 * @typedef {{ id: string, reason: 'retracted' | 'collapsed' | 'expired', cursor: string }} Retract
 * @typedef {{ reason: string, oldest?: string }} Gap
 * @typedef {{ hub?: string, topics?: string[], lastEventId?: string | null, onNotifications?(batch: Notification[]): void,
 *   onUpdates?(batch: Update[]): void, onRetracts?(batch: Retract[]): void,
 *   onCursor?(cursor: string): void, onState?(state: StreamState): void, onGap?(gap: Gap): void }} Wish
 * @typedef {{ close(): void, readonly cursor: string | null, readonly state: StreamState }} Subscription
 * @typedef {{ wish: Wish, topics: string[], cursor: Cursor | null, covered: boolean, pending: { name: string, data: any }[] }} Listener
 */

/** The hub that served this module. */
export const ownHub = new URL('../', import.meta.url).href;

const settleFor = 50, longestBatch = 500;
/** @type {Map<string, Hub>} */
const hubs = new Map();

/**
 * Calls `onNotifications` with what is published to `topics` (none = `broadcast`) from now on, or after `lastEventId`, in order and once each.
 * `onUpdates` gets notifications that have other content now, `onRetracts` what nobody gets any more: of all that the page's stream asks for,
 * so that some ids may be of topics that this listener does not know. The three are called in the order of the stream.
 * `onCursor` follows each batch and each quiet step: everything up to it has been handed over. `hub` is the address of the hub's root.
 * @param {Wish} wish @returns {Subscription}
 */
export function subscribe(wish) {
  const address = new URL(wish.hub || ownHub, document.baseURI).href.replace(/\/*$/, '/');
  let hub = hubs.get(address);
  if (!hub) hubs.set(address, hub = new Hub(address));
  return hub.add(wish);
}

class Hub {
  /** @type {Set<Listener>} */ #listeners = new Set();
  /** @type {Set<string>} */ #asked = new Set();
  /** @type {Cursor | null} where the open stream stands */ #position = null;
  /** @type {number | undefined} */ #settle;
  /** @type {number | undefined} */ #flush;
  #address; #stream;

  /** @param {string} address */
  constructor(address) {
    this.#address = address;
    this.#stream = new HubStream({
      url: () => this.#url(),
      onFrame: (name, cursor, data) => this.#frame(name, parseCursor(cursor), data),
      onState: state => this.#listeners.forEach(l => l.wish.onState?.(state)),
      onRelease: () => this.#handOver(),
    });
  }

  /** @param {Wish} wish @returns {Subscription} */
  add(wish) {
    const topics = wish.topics?.length ? [...new Set(wish.topics)] : ['broadcast'];
    const resumed = parseCursor(wish.lastEventId), cursor = resumed ?? this.#furthest();
    const behind = resumed !== null && (this.#position === null || isAfter(this.#position, resumed));
    const covered = this.#stream.isOpen && !behind && topics.every(t => this.#asked.has(t));
    /** @type {Listener} */ const listener = { wish, topics, cursor, covered, pending: [] };
    this.#listeners.add(listener);
    if (!covered) this.#settleSoon();
    const state = () => this.#stream.state;
    return {
      close: () => { if (this.#listeners.delete(listener) && !this.#listeners.size) this.#settleSoon(); },
      get cursor() { return formatCursor(listener.cursor); },
      get state() { return state(); },
    };
  }

  /** Components come and go in bursts: one request when they have settled. */
  #settleSoon() {
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => {
      if ([...this.#listeners].some(l => !l.covered)) this.#stream.open();
      if (this.#listeners.size) return;
      this.#stream.close();
      hubs.delete(this.#address);
    }, settleFor);
  }

  /** Who has no cursor yet begins where the page's furthest listener stands, not where the slowest resumes. */
  #furthest() {
    return [...this.#listeners].reduce((/** @type {Cursor | null} */ far, { cursor }) => (cursor && isAfter(cursor, far) ? cursor : far), this.#position);
  }

  #url() {
    this.#handOver();
    const listeners = [...this.#listeners], known = listeners.map(l => l.cursor).filter(c => c !== null);
    const furthest = this.#furthest();
    const lowest = known.reduce((a, b) => (isAfter(a, b) ? b : a), known[0] ?? null);
    for (const l of listeners) { l.cursor ??= furthest; l.covered = true; }
    this.#asked = new Set(listeners.flatMap(l => l.topics));
    this.#position = null;
    const url = new URL('sse-stream', this.#address);
    for (const topic of this.#asked) url.searchParams.append('topic', topic);
    url.searchParams.set('envelope', '1');
    if (lowest) url.searchParams.set('last_event_id', /** @type {string} */ (formatCursor(lowest)));
    return url.href;
  }

  /** @param {string} name @param {Cursor | null} cursor @param {any} data */
  #frame(name, cursor, data) {
    if (!cursor) return;
    const known = this.#position;
    this.#position = cursor;
    for (const l of this.#listeners) {
      if (!l.covered) continue;
      if (name === 'hub.gap') { this.#gap(l, cursor, data); continue; }
      if (!isAfter(cursor, l.cursor)) continue;
      // The hello of a resumed stream repeats the lowest cursor, of whatever epoch: it moves only those who have none.
      if (name === 'hub.hello' && l.cursor && !known) continue;
      l.cursor = cursor;
      // A retract names no topics: whoever holds the id knows it.
      if (data && (name === 'hub.retract' || (['hub.notification', 'hub.update'].includes(name) && l.topics.some(t => data.topics?.includes(t))))) {
        l.pending.push({ name, data: name === 'hub.notification' ? data : { ...data, cursor: formatCursor(cursor) } });
      }
      if (l.pending.length >= longestBatch) this.#give(l);
    }
    this.#flush ??= setTimeout(() => this.#handOver());
  }

  /** @param {Listener} l @param {Cursor} cursor @param {Gap} gap */
  #gap(l, cursor, gap) {
    if (gap?.reason !== 'ahead' && !isAfter(cursor, l.cursor)) return; // someone else's gap: this one stands behind it
    const missed = l.cursor !== null;
    l.cursor = cursor;
    if (missed) l.wish.onGap?.(gap);
  }

  #handOver() {
    clearTimeout(this.#flush);
    this.#flush = undefined;
    for (const l of this.#listeners) this.#give(l);
  }

  /** @param {Listener} l */
  #give(l) {
    const batch = l.pending;
    l.pending = [];
    try {
      for (let at = 0; at < batch.length;) {
        const { name } = batch[at], from = at;
        while (batch[at]?.name === name) at++;
        const run = batch.slice(from, at).map(p => p.data);
        if (name === 'hub.update') l.wish.onUpdates?.(run);
        else if (name === 'hub.retract') l.wish.onRetracts?.(run);
        else l.wish.onNotifications?.(run);
      }
      if (l.cursor) l.wish.onCursor?.(/** @type {string} */ (formatCursor(l.cursor)));
    } catch (error) { reportError(error); } // one listener's fault is not its neighbours'
  }
}
