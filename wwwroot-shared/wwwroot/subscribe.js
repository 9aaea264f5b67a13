// Many listeners, one stream: the tabs of a browser share one request for all their topics, and every listener has a cursor of its own.
import { Access } from './access.js';
import { isAfter, isCursor } from './cursor.js';
import { covers, Leader, learn } from './leader.js';
import { Tabs } from './tabs.js';

/**
 * @typedef {import('./types').Wish} Wish
 * @typedef {import('./types').Stand} Stand
 * @typedef {{ wish: Wish, topics: string[], cursor: string | null, covered: boolean, pending: { name: string, data: any }[] }} Listener
 */

/** The hub that served this module. */
export const ownHub = new URL('../', import.meta.url).href;

const nowhere = { term: 0, asked: /** @type {Set<string>} */ (new Set()), at: null, head: null, inbox: /** @type {string[]} */ ([]) };
const settleFor = 50, longestBatch = 500, askAfter = 5_000, stealAfter = 3_000;
/** @type {Map<string, Hub>} */
const hubs = new Map();

/**
 * Calls `onNotifications` with what is published to `topics` from now on, or after `lastEventId`, in order and once each.
 * `onUpdates` gets notifications that have other content now, `onRetracts` what nobody gets any more: of all that the shared stream asks for,
 * so that some ids may be of topics that this listener does not know. The three are called in the order of the stream.
 * @param {Wish} wish @returns {import('./types').Subscription}
 */
export function subscribe(wish) {
  const address = new URL(wish.hub || ownHub, document.baseURI).href.replace(/\/*$/, '/');
  const tokenUrl = wish.tokenUrl ? new URL(wish.tokenUrl, document.baseURI).href : undefined, key = `${address} ${tokenUrl}`;
  let hub = hubs.get(key);
  if (!hub) hubs.set(key, hub = new Hub(address, tokenUrl, () => hubs.delete(key)));
  return hub.add(wish);
}

class Hub {
  /** @type {Set<Listener>} */ #listeners = new Set();
  /** @type {Stand} */ #stand = { ...nowhere, state: { status: 'connecting', since: Date.now(), opens: 0 } };
  /** @type {Tabs | null} */ #tabs = null;
  /** @type {Leader | null} */ #leader = null;
  /** @type {number | undefined} */ #settle;
  /** @type {number | undefined} */ #flush;
  /** @type {string | null} */ #recipient = null;
  /** @type {import('./types').Counts | null} */ #counts = null;
  #listened = false; #fetching = false; #turn = 0; #moves = 0; #heard = 0; #asked = 0; #toldPath = ''; #end; #page = new AbortController(); #beat = setInterval(() => this.#watch(), 1_000);

  /** @param {string} address @param {string | undefined} tokenUrl @param {() => void} end */
  constructor(address, tokenUrl, end) {
    this.address = address;
    this.access = new Access(address, tokenUrl);
    this.#end = end;
    const { signal } = this.#page;
    // A page in the back/forward cache must hold neither lock nor connection, or it is not kept.
    addEventListener('pagehide', () => this.#leave(), { signal });
    addEventListener('pageshow', event => event.persisted && this.#join(), { signal });
    document.addEventListener('visibilitychange', () => this.#say(), { signal });
    addEventListener('online', () => this.#leader?.wake(), { signal });
    this.#join();
  }

  /** @param {Wish} wish @returns {import('./types').Subscription} */
  add(wish) {
    const topics = wish.topics?.length ? [...new Set(wish.topics)] : [''];
    const cursor = isCursor(wish.lastEventId) ? /** @type {string} */ (wish.lastEventId) : null;
    /** @type {Listener} */ const listener = { wish, topics, cursor, covered: false, pending: [] };
    this.#listeners.add(listener);
    if (this.#recipient !== null) wish.onRecipient?.(this.#recipient);
    this.#cover(listener);
    // It begins at the newest frame; the counts that are known lie before.
    if (this.#counts) this.#fetchCounts();
    this.#settleSoon();
    const state = () => this.#stand.state;
    return {
      close: () => { if (this.#listeners.delete(listener)) this.#settleSoon(); },
      call: (path, body, method) => this.access.call(path, body, method),
      refresh: () => { this.#fetchCounts(); },
      get cursor() { return listener.cursor; },
      get state() { return state(); },
    };
  }

  /** Components come and go in bursts. */
  #settleSoon() {
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => {
      if (this.#listeners.size) { this.#say(); return; }
      this.#leave();
      this.#page.abort();
      clearInterval(this.#beat);
      this.#end();
    }, settleFor);
  }

  /** Finds out whose page this is, and joins the tabs of the same recipient. */
  async #join() {
    const turn = this.#turn;
    try {
      const recipient = await this.access.recipient();
      if (turn === this.#turn) this.#enter(recipient);
    } catch (fault) {
      console.warn(fault);
      if (turn === this.#turn) setTimeout(() => turn === this.#turn && this.#join(), askAfter);
    }
  }

  /** @param {string} recipient */
  #enter(recipient) {
    // A cursor is of one identity; the first one is the page's.
    if (this.#listened && recipient !== this.#recipient) for (const l of this.#listeners) l.cursor = null;
    this.#recipient = recipient;
    this.#listened = false;
    this.#counts = null;
    this.#stand = { ...nowhere, state: this.#stand.state };
    for (const l of this.#listeners) {
      l.covered = false;
      l.pending = [];
      l.wish.onRecipient?.(recipient);
    }
    const tabs = this.#tabs = new Tabs(`notify:${this.address}:${recipient}`, message => this.#hear(message), leads => {
      this.#leader?.close();
      // A tab that wakes up robbed may not know it yet: its terms lie below those of the one that took over.
      this.#leader = leads ? new Leader(this, recipient, Math.max(this.#stand.term + 1, Date.now()), (...message) => tabs.tell(...message)) : null;
      if (leads) tabs.tell('ask');
    });
    this.#say();
  }

  /** The stream turned out to be another recipient's: signed out, or another signed in. @param {string} recipient */
  move(recipient) {
    this.#leave();
    const turn = this.#turn;
    // At once, but not if token and cookie go on to name different ones.
    setTimeout(() => turn === this.#turn && this.#enter(recipient), 1_000 * this.#moves++);
  }

  #leave() {
    this.#turn++;
    this.#handOver();
    this.#tabs?.tell('gone', this.#tabs.id);
    this.#tabs?.leave();
    this.#tabs = null;
  }

  /** What this tab wants, told whoever leads. */
  #say() {
    const wants = [...this.#listeners].map(({ topics, cursor, covered }) => ({ topics, cursor, term: covered ? this.#stand.term : 0 }));
    if (wants.length) this.#tabs?.tell('want', this.#tabs.id, wants, document.visibilityState === 'visible', this.#toldPath = this.#path());
  }

  /** What the hub may know of where this is. */
  #path() { return [...this.#listeners].some(l => l.wish.presence === false) ? '' : location.pathname.slice(0, 200); }

  /** A tab that leads answers. One that does not is frozen, and loses the lead to one that somebody looks at. */
  #watch() {
    if (!this.#tabs) return;
    const now = Date.now();
    if (this.#path() !== this.#toldPath) this.#say();
    if (this.#leader) this.#leader.tick();
    else if (document.visibilityState !== 'visible' || now - this.#heard < askAfter) this.#asked = 0;
    else if (!this.#asked) { this.#asked = now; this.#say(); }
    else if (now - this.#asked > stealAfter) { this.#asked = now; this.#tabs?.steal(); }
  }

  /** @param {any[]} message */
  #hear([what, ...said]) {
    if (what === 'ask') this.#say();
    else if (what === 'want') this.#leader?.want(.../** @type {[any, any, any, any]} */ (said));
    else if (what === 'gone') this.#leader?.forget(said[0]);
    else if (what === 'stand') this.#follow(said[0]);
    else if (what === 'frame' && said[0] === this.#stand.term) this.#take(said[1], said[2], said[3]);
  }

  /** @param {Stand} stand */
  #follow(stand) {
    const known = this.#stand;
    if (stand.term < known.term) return;
    this.#heard = Date.now();
    this.#stand = stand;
    if (!this.#leader) this.access.spare = null; // whoever leads later asks who it is by then
    // The lead of a recipient's tabs has the counts since its hello, which this tab may not have heard.
    if (this.#recipient && !this.#counts && stand.state.status === 'live' && !this.#leader) this.#fetchCounts();
    for (const l of this.#listeners) {
      if (stand.term > known.term) l.covered = false;
      this.#cover(l);
      if (stand.state.status !== known.state.status || stand.state.opens !== known.state.opens) l.wish.onState?.(stand.state);
    }
  }

  async #fetchCounts() {
    if (this.#fetching) return;
    const turn = this.#turn;
    this.#fetching = true;
    await new Promise(wait => setTimeout(wait, settleFor));
    this.#fetching = false;
    try {
      const counts = await this.access.call('api/inbox/counts');
      if (turn !== this.#turn) return;
      this.#counts = counts;
      for (const l of this.#listeners) l.pending.push({ name: 'counts', data: counts });
      this.#handOver();
    } catch (fault) {
      console.warn(fault);
      this.#counts = null; // whoever leads is heard again soon
    }
  }

  /** @param {Listener} l */
  #cover(l) {
    if (l.covered || !covers(this.#stand, l)) return;
    l.covered = true;
    l.cursor ??= this.#stand.head;
  }

  /** @param {string} name @param {string} cursor @param {any} data */
  #take(name, cursor, data) {
    this.#heard = Date.now();
    this.#listened = true;
    learn(this.#stand, name, cursor, data);
    if (name === 'hello') this.#moves = 0;
    if (data?.counts) this.#counts = data.counts;
    for (const l of this.#listeners) {
      if (!l.covered) continue;
      if (data?.counts) l.pending.push({ name: 'counts', data: data.counts });
      if (name === 'read' || !cursor) continue;
      if (name === 'gap') { this.#gap(l, cursor, data); continue; }
      // The hello of a resumed stream repeats the lowest cursor, of whatever epoch: it moves only those who have none.
      if (!isAfter(cursor, l.cursor) || (name === 'hello' && l.cursor)) continue;
      l.cursor = cursor;
      // A retract names no topics: whoever holds the id knows it.
      if (data && (name === 'retract' || (['notification', 'update'].includes(name) && l.topics.some(t => (t ? data.topics?.includes(t) : this.#stand.inbox.some(i => data.topics?.includes(i))))))) {
        l.pending.push({ name, data: name === 'notification' ? data : { ...data, cursor } });
      }
      if (l.pending.length >= longestBatch) this.#give(l);
    }
    this.#flush ??= setTimeout(() => this.#handOver());
  }

  /** @param {Listener} l @param {string} cursor @param {import('./types').Gap} gap */
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
        if (name === 'update') l.wish.onUpdates?.(run);
        else if (name === 'retract') l.wish.onRetracts?.(run);
        else if (name === 'counts') l.wish.onCounts?.(run[run.length - 1], this.#stand.preferences);
        else l.wish.onNotifications?.(run);
      }
      if (l.cursor) l.wish.onCursor?.(l.cursor);
    } catch (error) { reportError(error); } // one listener's fault is not its neighbours'
  }
}
