// How many notifications are new. A recipient's count is kept by the hub, for all devices; any other in this browser, over a reload.
import { topicQuery } from './hub-api.js';
import { isAfter, isCursor, isSurelyAfter } from './cursor.js';
import { hubAddress, subscribe } from './subscribe.js';

/**
 * @typedef {import('../types').UnreadOptions} UnreadOptions
 * @typedef {import('../types').Notification} Notification
 * @typedef {import('../types').Counts} Counts
 */

const saveInterval = 250;
/** The newest ids: enough to know which retracts lower the count. */
const mostIds = 500;

/**
 * Counts the notifications received on `topics`. Count and cursor go together: nothing is missed and nothing counted twice. What is retracted
 * while it is new is not counted any more; an update counts nothing. `clear()` is for all badges of these topics in every tab, and for a
 * recipient on every device.
 * @param {UnreadOptions} options @returns {import('../types').Unread}
 */
export const unread = options => new UnreadCounter(options);

class UnreadCounter {
  /** @type {string[]} new, and after `#seen` */ #ids = [];
  /** New ones whose ids are not known. */ #others = 0;
  /** @type {string | undefined} nothing up to it is new */ #seen;
  /** @type {string | undefined} everything up to it is counted */ #cursor;
  /** @type {((n: Notification) => boolean) | null} of a recipient whose hub counts these topics */ #isMuted = null;
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
        // What came after the counts was judged by the rules before.
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
    // The answer comes as hub.read too, to every tab and device.
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

  /** Sets the count: only what comes after the hub's counts moves them. @param {Counts} counts @param {(n: Notification) => boolean} isMuted */
  #set(counts, isMuted) {
    const { countsAt, topics: byTopic } = counts, topics = this.#topics;
    if (topics.some(t => !byTopic[t]) || isSurelyAfter(this.#seen, countsAt)) return;
    const each = topics.map(t => byTopic[t][this.#mode]), total = counts[this.#mode];
    this.#isMuted = isMuted;
    this.#others = topics.length ? Math.min(each.reduce((a, b) => a + b), total) : total;
    this.#keepAfter(countsAt);
    // What is on several topics was counted with each of them.
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
    this.#options.onNotifications?.(batch); // which may clear them
    this.#ids.push(...batch.filter(n => isAfter(n.id, this.#seen) && !this.#isMuted?.(n)).map(n => n.id));
    this.#others += this.#ids.splice(0, this.#ids.length - mostIds).length;
    this.#recount();
  }

  /** @param {import('../types').Retract[]} batch */
  #remove(batch) {
    const gone = new Set(batch.map(r => r.id)), left = this.#ids.filter(id => !gone.has(id));
    // Only the hub knows whether what came before its counts was new.
    if (this.#isMuted && this.#others && this.#ids.length - left.length < gone.size) this.#subscription.refresh();
    this.#ids = left;
    this.#recount();
    this.#options.onRetracts?.(batch);
  }

  /** @param {string | undefined} upTo nothing up to it is new */
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

  /** What is stored may have been written by anyone. @param {string | null | void} text */
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
    if (this.#recipient) return; // nothing of theirs stays in a browser that others may use
    const key = this.#key, newValue = [this.#seen, this.#cursor, this.#others, ...this.#ids].join(' ');
    this.#store(storage => storage.setItem(key, newValue));
    // The browser tells only other tabs: tell the badges of this page.
    dispatchEvent(new StorageEvent('storage', { key, newValue }));
  }

  /** Storage may be full or forbidden: the badge then counts on, from zero after a reload. @param {(storage: Storage) => string | null | void} use */
  #store(use) {
    try { return use(localStorage); } catch { return null; }
  }
}
