// Counts new notifications. The hub stores a recipient's count, for all devices. An anonymous visitor's count is stored in this browser.
import { topicQuery } from './hub-api.js';
import { isAfter, isCursor, isSurelyAfter } from './cursor.js';
import { hubAddress, subscribe } from './subscribe.js';

/**
 * @typedef {import('../types').UnreadOptions} UnreadOptions
 * @typedef {import('../types').Notification} Notification
 * @typedef {import('../types').Counts} Counts
 */

const saveInterval = 250;
/** Maximum number of ids to keep, the newest: a retract lowers the count only if its id is known. */
const maxIds = 500;

/**
 * Counts the new notifications on `topics`. The count and the cursor are stored together, so that none is missed or counted twice. A retracted
 * notification is no longer counted; an update does not change the count. `clear()` applies to all badges of these topics in every tab, and for a
 * recipient on every device.
 * @param {UnreadOptions} options @returns {import('../types').Unread}
 */
export const unread = options => new UnreadCounter(options);

class UnreadCounter {
  /** @type {string[]} the ids of new notifications, all after `#seen` */ #ids = [];
  /** The number of new notifications without a known id. */ #others = 0;
  /** @type {string | undefined} the ids up to this cursor are not new, or are counted in `#others` */ #seen;
  /** @type {string | undefined} everything up to this cursor is counted */ #cursor;
  /** @type {((n: Notification) => boolean) | null} null unless the hub counts these topics for a recipient */ #isMuted = null;
  /** @type {import('../types').Preferences | undefined} */ #preferences;
  #options; #topics; #mode; #key; #subscription; #page = new AbortController(); #count = 0; #recipient = ''; #saving = 0;

  /** @param {UnreadOptions} options */
  constructor(options) {
    const { hub, tokenUrl, token, mode } = options, isAnonymous = !tokenUrl && !token, { signal } = this.#page;
    this.#options = options;
    this.#topics = [...new Set(options.topics)].sort();
    this.#mode = mode === 'unread' ? /** @type {const} */ ('unread') : /** @type {const} */ ('unseen');
    this.#key = `notify-new:${hubAddress(hub)}:${this.#topics.join('\n') || (isAnonymous ? 'broadcast' : '')}`;
    this.#restore(isAnonymous ? this.#store(storage => storage.getItem(this.#key)) : null);
    this.#subscription = subscribe({
      ...options, topics: this.#topics, lastEventId: this.#cursor,
      onRecipient: recipient => this.#start(recipient),
      onCounts: (batch, preferences, isMuted) => {
        this.#set(batch[batch.length - 1], isMuted);
        // Notifications after these counts were counted by the previous rules.
        if (this.#preferences && this.#preferences !== preferences && this.#ids.length) this.#subscription.refresh();
        this.#preferences = preferences;
      },
      onNotifications: batch => this.#add(batch),
      onRetracts: batch => this.#remove(batch),
      onCursor: cursor => { this.#cursor = cursor; this.#saveSoon(); },
    });
    addEventListener('pagehide', () => this.#save(), { signal });
    // Another badge has been cleared.
    addEventListener('storage', event => { if (event.key === this.#key && !this.#recipient) this.#forget(event.newValue?.split(' ')[0]); }, { signal });
  }

  get count() { return this.#count; }
  get state() { return this.#subscription.state; }

  clear(upTo = this.#cursor) {
    if (!upTo) return;
    this.#forget(upTo);
    this.#save();
    // Every tab and device also gets the new counts in a hub.read frame.
    if (this.#isMuted) this.#subscription.call(this.#mode === 'unread' ? 'api/inbox/read' : 'api/inbox/seen', { upTo, topics: this.#topics.length ? this.#topics : undefined }).catch(console.warn);
  }

  close() {
    this.#save();
    this.#page.abort();
    this.#subscription.close();
  }

  /** @param {string} recipient */
  #start(recipient) {
    if (recipient === this.#recipient) return;
    this.#recipient = recipient;
    this.#isMuted = null;
    this.#restore(null);
  }

  /** Sets the count from the hub's counts. After that, only notifications after `countsAt` change it. @param {Counts} counts @param {(n: Notification) => boolean} isMuted */
  #set(counts, isMuted) {
    const { countsAt, topics: byTopic } = counts, topics = this.#topics;
    if (topics.some(t => !byTopic[t]) || isSurelyAfter(this.#seen, countsAt)) return;
    const each = topics.map(t => byTopic[t][this.#mode]), total = counts[this.#mode];
    this.#isMuted = isMuted;
    this.#others = topics.length ? Math.min(each.reduce((a, b) => a + b), total) : total;
    this.#keepAfter(countsAt);
    // The sum counts a notification on several topics several times.
    if (each.filter(Boolean).length > 1) this.#countExactly();
  }

  async #countExactly() {
    try {
      const counts = await this.#subscription.call(`api/inbox/counts?${topicQuery(this.#topics)}`);
      if (isSurelyAfter(this.#seen, counts.countsAt)) return;
      this.#others = counts[this.#mode];
      this.#keepAfter(counts.countsAt);
    } catch (error) { console.warn(error); }
  }

  /** @param {Notification[]} batch */
  #add(batch) {
    this.#options.onNotifications?.(batch); // before they are counted, because it may call clear()
    this.#ids.push(...batch.filter(n => isAfter(n.id, this.#seen) && !this.#isMuted?.(n)).map(n => n.id));
    this.#others += this.#ids.splice(0, this.#ids.length - maxIds).length;
    this.#recount();
  }

  /** @param {import('../types').Retract[]} batch */
  #remove(batch) {
    const gone = new Set(batch.map(r => r.id)), left = this.#ids.filter(id => !gone.has(id));
    // Only the hub knows whether a retracted notification from before its counts was new.
    if (this.#isMuted && this.#others && this.#ids.length - left.length < gone.size) this.#subscription.refresh();
    this.#ids = left;
    this.#recount();
    this.#options.onRetracts?.(batch);
  }

  /** @param {string | undefined} upTo nothing up to this cursor is new */
  #forget(upTo) {
    if (!upTo || !isAfter(upTo, this.#seen)) return;
    this.#others = 0;
    this.#keepAfter(upTo);
    this.#saveSoon();
  }

  /** @param {string} cursor */
  #keepAfter(cursor) {
    this.#seen = cursor;
    this.#ids = this.#ids.filter(id => isAfter(id, cursor));
    this.#recount();
  }

  #recount() {
    const count = this.#others + this.#ids.length;
    if (count === this.#count) return;
    this.#count = count;
    this.#options.onChange?.(count);
  }

  /** Parses a stored count, which may be malformed. @param {string | null | void} text */
  #restore(text) {
    const [seen, cursor, others, ...ids] = (text ?? '').split(' ');
    this.#seen = seen;
    this.#cursor = cursor;
    this.#others = Math.max(0, Math.trunc(Number(others)) || 0);
    this.#ids = ids.filter(isCursor);
    this.#recount();
  }

  #saveSoon() { this.#saving ||= setTimeout(() => this.#save(), saveInterval); }

  #save() {
    clearTimeout(this.#saving);
    this.#saving = 0;
    if (this.#recipient) return; // a recipient's data must not stay in a shared browser
    const key = this.#key, newValue = [this.#seen, this.#cursor, this.#others, ...this.#ids].join(' ');
    this.#store(storage => storage.setItem(key, newValue));
    // The browser sends the event only to other tabs; this one is for the other badges of this page.
    dispatchEvent(new StorageEvent('storage', { key, newValue }));
  }

  /** Storage may be full or forbidden; the count then does not survive a reload. @param {(storage: Storage) => string | null | void} use */
  #store(use) {
    try { return use(localStorage); } catch { return null; }
  }
}
