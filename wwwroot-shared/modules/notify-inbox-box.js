// What the list shows: pages of the hub's inbox, what arrives meanwhile, and the marks that are on their way.
import { isAfter, isSurelyAfter } from './cursor.js';
import { subscribe } from './notification-source.js';
import { marked, outbox } from './notify-inbox-marks.js';
import { preferences } from './notify-inbox-preferences.js';

/**
 * @typedef {import('./types').InboxItem} Item
 * @typedef {import('./types').Notification} Notification
 * @typedef {'all' | 'unread' | 'archived'} Tab
 */

const same = (/** @type {unknown} */ a, /** @type {unknown} */ b) => JSON.stringify(a) === JSON.stringify(b);
const pageSize = 50, reloadAfter = 300, tryAgainAfter = 8_000, youngFor = 60_000;

export class Box {
  /** @type {Item[]} */ items = [];
  /** @type {Tab} */ tab = 'all';
  /** @type {'loading' | 'ready' | 'failed'} */ stand = 'loading';
  /** While it is, what changes elsewhere is loaded anew. */
  open = false;
  /** @type {string | null} */ #next = null;
  /** @type {import('./types').Counts | null} */ #counts = null;
  /** @type {(n: Notification) => boolean} */ #isMuted = () => false;
  /** @type {number | undefined} */ #later;
  #turn = 0; #told = ''; #loadingMore = false; #tokenUrl; #changed; #outbox; #subscription;

  /** @param {{ hub?: string, tokenUrl?: string }} where @param {() => void} changed @param {(fresh: Item[]) => void} arrived what came just now, and is not muted */
  constructor({ hub, tokenUrl }, changed, arrived) {
    this.#tokenUrl = tokenUrl;
    this.#changed = changed;
    /** @type {import('./types').Subscription['call']} */ const call = (path, body, method) => this.#subscription.call(path, body, method);
    this.preferences = preferences(call, () => this.load(), changed);
    this.#outbox = outbox(call, counts => { this.#counts = counts; this.#told = JSON.stringify(counts); }, () => this.#loadSoon(reloadAfter));
    this.#subscription = subscribe({
      hub, tokenUrl,
      onRecipient: () => { this.#counts = null; this.#empty(); if (this.open) this.load(); },
      onCounts: (batch, _, isMuted) => {
        const counts = this.#counts = batch[batch.length - 1];
        this.#isMuted = isMuted;
        if (this.open && !this.#outbox.busy && JSON.stringify(counts) !== this.#told) this.#loadSoon(reloadAfter);
      },
      onNotifications: batch => {
        const items = batch.map(n => this.#item(n));
        this.#add(items);
        const fresh = items.filter(item => !item.muted && this.#isNew(item));
        if (fresh.length) arrived(fresh);
      },
      onUpdates: batch => { for (const { cursor, ...content } of batch) this.#change([content.id], content); },
      onRetracts: batch => this.#drop(batch.map(r => r.id)),
      onMarks: batch => {
        for (const mark of batch) this.items = marked(this.items, mark, this.tab);
        changed();
      },
      onGap: () => { if (this.open) this.load(); },
      onState: ({ status }) => {
        if (status === 'live') { this.#outbox.send().then(changed); if (this.open && this.stand === 'failed') this.load(); }
        changed();
      },
    });
  }

  get state() { return this.#subscription.state; }
  /** Whether the hub keeps a list for whoever looks at the page. */
  get known() { return !!this.#tokenUrl || !!this.#counts; }
  get unread() { return this.#counts?.unread ?? 0; }
  get more() { return this.#next !== null; }

  close() { clearTimeout(this.#later); this.#turn++; this.#subscription.close(); }

  /** The newest page again; what is below it stays. @param {Tab} [tab] */
  async load(tab = this.tab) {
    clearTimeout(this.#later);
    if (tab !== this.tab) { this.tab = tab; this.#empty(); }
    const turn = ++this.#turn, newest = this.items[0]?.id ?? null, { sent } = this.#outbox;
    this.stand = this.known && !this.items.length ? 'loading' : 'ready';
    this.#changed();
    if (!this.known) return;
    try {
      const { items: given, next, counts } = await this.#subscription.call(`api/inbox?tab=${tab}&limit=${pageSize}`);
      if (turn !== this.#turn) return;
      const items = this.#outbox.over(given, sent, tab);
      const last = given[given.length - 1]?.id, first = items[0]?.id ?? counts.countsAt;
      const above = this.items.filter(i => isSurelyAfter(i.id, newest ?? counts.countsAt) && isSurelyAfter(i.id, first));
      const below = next && last ? this.items.filter(i => isAfter(last, i.id)) : [];
      if (!below.length) this.#next = next;
      // The same object is the same row, with its focus.
      const known = new Map(this.items.map(i => [i.id, i]));
      this.items = [...above, ...items.map(i => (same(known.get(i.id), i) ? /** @type {Item} */ (known.get(i.id)) : i)), ...below];
      this.#counts = counts;
      this.stand = 'ready';
    } catch (fault) {
      if (turn !== this.#turn) return;
      console.warn(fault);
      this.stand = this.items.length ? 'ready' : 'failed';
      if (this.open) this.#loadSoon(tryAgainAfter);
    }
    this.#changed();
  }

  async loadMore() {
    if (this.#loadingMore || this.#next === null || this.stand !== 'ready') return;
    const turn = this.#turn, { sent } = this.#outbox;
    this.#loadingMore = true;
    try {
      const { items, next } = await this.#subscription.call(`api/inbox?tab=${this.tab}&limit=${pageSize}&before=${encodeURIComponent(this.#next)}`);
      if (turn !== this.#turn) return;
      const here = new Set(this.items.map(i => i.id));
      this.items = this.items.concat(this.#outbox.over(items, sent, this.tab).filter(i => !here.has(i.id)));
      this.#next = next;
    } catch (fault) {
      console.warn(fault);
      await new Promise(wait => setTimeout(wait, tryAgainAfter));
    } finally { this.#loadingMore = false; }
    this.#changed();
  }

  /** @param {string} id */
  read(id) {
    const item = this.items.find(i => i.id === id);
    this.#change([id], { read: true, seen: true });
    if (!item?.read) this.#mark('read', { ids: [id] });
  }

  /** Everything that this page has heard of, and nothing that came behind it. */
  readAll() {
    this.items = this.items.map(i => ({ ...i, read: true, seen: true }));
    this.#changed();
    const here = [this.#subscription.cursor, this.#counts?.countsAt, this.items[0]?.id];
    const upTo = here.reduce((a, b) => (b && (!a || isSurelyAfter(b, a)) ? b : a), null);
    if (upTo) this.#mark('read', { upTo });
  }

  /** @param {string} id @param {'archive' | 'unarchive' | 'snooze'} how @param {Date} [until] */
  putAway(id, how, until) {
    this.#drop([id]);
    this.#mark(how, { ids: [id], ...(until && { until: until.toISOString() }) });
  }

  /** @param {string} path @param {object} body */
  async #mark(path, body) {
    if (!this.known) return;
    await this.#outbox.add(path, body);
    this.#changed();
  }

  /** @param {number} after */
  #loadSoon(after) {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.load(), after);
  }

  #empty() { this.items = []; this.#next = null; this.#turn++; }

  /** @param {Notification} n @returns {Item} */
  #item(n) {
    return { ...n, seen: this.open, read: false, archived: false, snoozedUntil: null, muted: this.#isMuted(n) };
  }

  /** Not what a line that was cut is catching up with. @param {Item} item */
  #isNew(item) {
    return this.#counts ? isSurelyAfter(item.id, this.#counts.countsAt) : Date.now() - Date.parse(item.publishedAt) < youngFor;
  }

  /** @param {Item[]} fresh in the order of the stream */
  #add(fresh) {
    if (this.#counts) {
      const unread = fresh.filter(i => !i.muted && isSurelyAfter(i.id, /** @type {any} */ (this.#counts).countsAt)).length;
      this.#counts = { ...this.#counts, unread: Math.min(100, this.#counts.unread + unread) };
    }
    const here = new Set(this.items.map(i => i.id));
    const shown = fresh.filter(i => !here.has(i.id) && this.tab !== 'archived');
    this.items = [...shown.reverse(), ...this.items];
    this.#changed();
  }

  /** @param {string[]} ids @param {Partial<Item>} what */
  #change(ids, what) {
    this.items = this.items.map(i => (ids.includes(i.id) ? { ...i, ...what } : i));
    this.#changed();
  }

  /** @param {string[]} ids */
  #drop(ids) {
    this.items = this.items.filter(i => !ids.includes(i.id));
    this.#changed();
  }
}
