// The model of the inbox list: the pages loaded from the hub, the notifications that arrive, and marks that are not sent yet.
import { isAfter, isSurelyAfter } from './cursor.js';
import { subscribe } from './notification-source.js';
import { applyMark, concerns, MarkOutbox, restoreItems } from './notify-inbox-marks.js';
import { InboxPreferences } from './notify-inbox-preferences.js';

/**
 * @typedef {import('../types').InboxItem} Item
 * @typedef {import('../types').Notification} Notification
 * @typedef {import('../types').Counts} Counts
 * @typedef {import('./notify-inbox-marks.js').Action} Action
 * @typedef {import('./notify-inbox-marks.js').MarkBody} MarkBody
 * @typedef {'all' | 'unread' | 'archived'} Tab
 */

const pageSize = 50, reloadDelay = 300, retryDelay = 8_000, freshFor = 60_000, maxCount = 100;

export class InboxModel {
  /** @type {Item[]} newest first */ items = [];
  /** @type {Tab} */ tab = 'all';
  /** @type {'loading' | 'ready' | 'failed'} */ status = 'loading';
  /** Whether the panel is open. An open inbox reloads when something changes on another device. */
  isOpen = false;
  /** @type {{ action: Action, body: MarkBody }[]} marks that the hub refused, and that were undone */ refused = [];
  /** @type {string | null} */ #nextPage = null;
  /** @type {Counts | null} */ #counts = null;
  /** @type {string | null} the position of the hub when the stream was opened: only notifications after it are new; later counts do not change it */ #caughtUpTo = null;
  #catchesUp = true;
  /** The counts in the response to the newest mark, as JSON. */
  #countsOfMark = '';
  /** @type {(n: Notification) => boolean} */ #isMuted = () => false;
  /** @type {number | undefined} */ #reloadTimer;
  /** The number of the current request; responses to earlier ones are ignored. */
  #request = 0;
  #loadingMore = false;
  /** @type {string | null} '' is an anonymous visitor; null before it is known */ #recipient = null;
  #hasTokens;
  #onChange;
  #outbox;
  #subscription;

  /**
   * @param {{ hub?: string, tokenUrl?: string, token?: import('../types').TokenFunction }} source
   * @param {() => void} onChange @param {(items: Item[]) => void} onArrival called with notifications that were published just now and are not muted
   */
  constructor(source, onChange, onArrival) {
    this.#hasTokens = !!(source.tokenUrl || source.token);
    this.#onChange = onChange;
    /** @type {import('../types').Subscription['call']} */
    const call = (path, body, method) => this.#subscription.call(path, body, method);
    this.preferences = new InboxPreferences(call, () => this.load(), onChange);
    const newOutbox = () => new MarkOutbox(call, counts => this.#markSent(counts), mark => this.#markRefused(mark));
    this.#outbox = newOutbox();
    this.#subscription = subscribe({
      ...source,
      onRecipient: recipient => {
        if (recipient !== this.#recipient) {
          // No mark of the previous recipient may be sent, undone or retried as the new one.
          this.#outbox.stop();
          this.#outbox = newOutbox();
          this.refused = [];
          this.preferences.failedTopic = null;
        }
        this.#recipient = recipient;
        this.#counts = this.#caughtUpTo = null;
        this.#catchesUp = true;
        this.#empty();
        if (this.isOpen) this.load();
      },
      onCounts: (batch, _, isMuted) => {
        this.#counts = batch[batch.length - 1];
        this.#isMuted = isMuted;
        if (this.#catchesUp) this.#caughtUpTo = this.#counts.countsAt;
        this.#catchesUp = false;
        const isOwnChange = this.#outbox.isSending || JSON.stringify(this.#counts) === this.#countsOfMark;
        if (this.isOpen && !isOwnChange) this.#loadSoon(reloadDelay);
      },
      onNotifications: batch => {
        const items = batch.map(notification => this.#toItem(notification));
        this.#add(items);
        const fresh = items.filter(item => !item.muted && this.#isFresh(item));
        if (fresh.length) onArrival(fresh);
      },
      onUpdates: batch => {
        for (const { cursor, ...content } of batch) this.#set(this.items.map(item => (item.id === content.id ? { ...item, ...content } : item)));
      },
      onRetracts: batch => {
        const ids = batch.map(({ id }) => id);
        this.#outbox.forget(ids);
        this.#set(this.items.filter(({ id }) => !ids.includes(id)));
      },
      onMarks: batch => this.#set(batch.reduce((items, mark) => applyMark(items, mark, this.tab), this.items)),
      onGap: () => {
        if (this.isOpen) this.load();
      },
      onState: ({ status }) => {
        if (status !== 'live') this.#catchesUp = true;
        if (status === 'live') {
          this.#outbox.send().then(onChange);
          if (this.isOpen && this.status === 'failed') this.load();
        }
        onChange();
      },
    });
  }

  get connection() { return this.#subscription.state; }
  /** Whether the hub stores an inbox for the visitor. */
  get hasRecipient() { return this.#recipient === null ? this.#hasTokens : this.#recipient !== ''; }
  get unread() { return this.#counts?.unread ?? 0; }
  get hasMore() { return this.#nextPage !== null; }

  close() {
    clearTimeout(this.#reloadTimer);
    this.#request++;
    this.#subscription.close();
  }

  /** Shows a tab, or the current one again: read items leave the tab Unread now. @param {Tab} [tab] */
  show(tab = this.tab) {
    if (tab !== this.tab) this.#empty();
    this.tab = tab;
    if (tab === 'unread') this.items = this.items.filter(({ read }) => !read);
    return this.load();
  }

  /** Loads the newest page; older items stay. */
  async load() {
    clearTimeout(this.#reloadTimer);
    const request = ++this.#request, newest = this.items[0]?.id ?? null, { sentCount } = this.#outbox;
    this.status = this.hasRecipient && !this.items.length ? 'loading' : 'ready';
    this.#onChange();
    if (!this.hasRecipient) return;
    try {
      const page = await this.#subscription.call(`api/inbox?tab=${this.tab}&limit=${pageSize}`);
      if (request !== this.#request) return;
      this.#merge(page, newest, sentCount);
      this.status = 'ready';
    } catch (error) {
      if (request !== this.#request) return;
      console.warn(error);
      this.status = this.items.length ? 'ready' : 'failed';
      if (this.isOpen) this.#loadSoon(retryDelay);
    }
    this.#onChange();
  }

  async loadMore() {
    if (this.#loadingMore || this.#nextPage === null || this.status !== 'ready') return;
    const request = this.#request, { sentCount } = this.#outbox;
    this.#loadingMore = true;
    try {
      const { items, next } = await this.#subscription.call(`api/inbox?tab=${this.tab}&limit=${pageSize}&before=${encodeURIComponent(this.#nextPage)}`);
      if (request === this.#request) {
        const ids = new Set(this.items.map(({ id }) => id));
        this.items = this.items.concat(this.#outbox.applyUnsent(items, sentCount, this.tab).filter(({ id }) => !ids.has(id)));
        this.#nextPage = next;
      }
    } catch (error) {
      console.warn(error);
      await new Promise(wait => setTimeout(wait, retryDelay));
    } finally {
      this.#loadingMore = false;
    }
    this.#onChange(); // also after a failure, so that the list requests the page again if its end is still visible
  }

  /** @param {string} id */
  read(id) {
    if (!this.items.find(item => item.id === id)?.read) this.#mark('read', { ids: [id] });
  }

  /** @param {string} id */
  markUnread(id) { this.#mark('unread', { ids: [id] }); }

  /** Marks everything that this page knows as read, and nothing newer. */
  readAll() {
    const known = [this.#subscription.cursor, this.#counts?.countsAt, this.items[0]?.id];
    const upTo = known.reduce((a, b) => (b && (!a || isSurelyAfter(b, a)) ? b : a), null);
    if (upTo) this.#mark('read', { upTo });
  }

  /** @param {string} id */
  archive(id) { this.#mark('archive', { ids: [id] }); }

  /** @param {string} id */
  unarchive(id) { this.#mark('unarchive', { ids: [id] }); }

  /** @param {string} id @param {{ until: string } | { forSeconds: number }} time the hub's clock measures a duration */
  snooze(id, time) { this.#mark('snooze', { ids: [id], ...time }); }

  retryRefused() {
    for (const { action, body } of this.refused.splice(0)) this.#mark(action, body);
  }

  forgetRefused() { this.refused = []; }

  /** Applies a mark at once, and sends it after the earlier ones. @param {Action} action @param {MarkBody} body */
  async #mark(action, body) {
    const mark = { change: action, ...body }, { tab } = this, before = this.items.filter(item => concerns(mark, item));
    this.#set(applyMark(this.items, mark, tab));
    if (!this.hasRecipient) return;
    await this.#outbox.add({ action, body, tab, before });
    this.#onChange();
  }

  /** @param {Counts} counts */
  #markSent(counts) {
    this.#counts = counts;
    this.#countsOfMark = JSON.stringify(counts);
  }

  /** @param {import('./notify-inbox-marks.js').OwnMark} mark */
  #markRefused({ action, body, tab, before }) {
    this.refused.push({ action, body });
    if (tab === this.tab) this.items = restoreItems(this.items, before);
    this.#loadSoon(reloadDelay);
    this.#onChange();
  }

  /** @param {number} delay */
  #loadSoon(delay) {
    clearTimeout(this.#reloadTimer);
    this.#reloadTimer = setTimeout(() => this.load(), delay);
  }

  #empty() {
    this.items = [];
    this.#nextPage = null;
    this.#request++;
  }

  /** @param {Item[]} items */
  #set(items) {
    this.items = items;
    this.#onChange();
  }

  /** @param {{ items: Item[], next: string | null, counts: Counts }} page @param {string | null} newest id of the newest item at the time of the request @param {number} sentCount at that time */
  #merge({ items: given, next, counts }, newest, sentCount) {
    const items = this.#outbox.applyUnsent(given, sentCount, this.tab);
    const last = given[given.length - 1]?.id, first = items[0]?.id ?? counts.countsAt;
    const above = this.items.filter(({ id }) => isSurelyAfter(id, newest ?? counts.countsAt) && isSurelyAfter(id, first));
    const below = next && last ? this.items.filter(({ id }) => isAfter(last, id)) : [];
    if (!below.length) this.#nextPage = next;
    // Reuses unchanged objects, so that the list keeps their rows and the focus.
    const known = new Map(this.items.map(item => [item.id, item]));
    const reused = items.map(item => {
      const old = known.get(item.id);
      return old && JSON.stringify(old) === JSON.stringify(item) ? old : item;
    });
    const listed = [...above, ...reused, ...below], ids = new Set(listed.map(({ id }) => id));
    // Items that were just read stay in the tab Unread until it is shown again.
    const justRead = this.tab === 'unread' ? this.items.filter(({ id, read }) => read && !ids.has(id)) : [];
    this.items = restoreItems(listed, justRead);
    this.#counts = counts;
  }

  /** @param {Notification} notification @returns {Item} */
  #toItem(notification) {
    return { ...notification, seen: this.isOpen, read: false, archived: false, snoozedUntil: null, muted: this.#isMuted(notification) };
  }

  /** Whether a notification is new, and not one that the stream delivers late after a lost connection. @param {Item} item */
  #isFresh(item) {
    return this.#caughtUpTo ? isSurelyAfter(item.id, this.#caughtUpTo) : Date.now() - Date.parse(item.publishedAt) < freshFor;
  }

  /** @param {Item[]} items in the order of the stream */
  #add(items) {
    const counts = this.#counts;
    if (counts) {
      const unread = items.filter(item => !item.muted && isSurelyAfter(item.id, counts.countsAt)).length;
      this.#counts = { ...counts, unread: Math.min(maxCount, counts.unread + unread) };
    }
    const ids = new Set(this.items.map(({ id }) => id));
    const added = items.filter(({ id }) => !ids.has(id) && this.tab !== 'archived');
    this.#set([...added.reverse(), ...this.items]);
  }
}
