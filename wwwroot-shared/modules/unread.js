// How many are new. A recipient's count is kept by the hub, for all devices; anybody else's in this browser, over a reload.
import { query } from './access.js';
import { isAfter, isCursor, isSurelyAfter } from './cursor.js';
import { hubAddress, subscribe } from './subscribe.js';

/**
 * @typedef {import('./types').UnreadWish} Wish
 * @typedef {import('./types').Notification} Notification
 * @typedef {import('./types').Counts} Counts
 */

// The newest ids: enough to know what is taken back.
const saveEvery = 250, mostIds = 500;

/**
 * Counts the notifications received on `topics`. Count and cursor go together: nothing is missed and nothing counted twice. What is taken back
 * while it is new is not counted any more; an update counts nothing. `clear()` is for all badges of these topics in every tab, and for a
 * recipient on every device.
 * @param {Wish} wish @returns {import('./types').Unread}
 */
export const unread = wish => {
  const topics = [...new Set(wish.topics)].sort(), mode = wish.mode === 'unread' ? 'unread' : 'unseen', page = new AbortController();
  const key = `notify-new:${hubAddress(wish.hub)}:${topics.join('\n') || (wish.tokenUrl ? '' : 'broadcast')}`;
  /** @type {import('./types').Preferences | undefined} */ let rules;
  /** @type {((n: Notification) => boolean) | null} of a recipient whose hub counts these topics */ let muted = null;
  /** @type {string | undefined} up to where nothing is new */ let seen;
  /** @type {string | undefined} */ let cursor;
  /** @type {string[]} new, and behind `seen` */ let ids = [];
  let saving = 0, more = 0, whose = '', shown = 0; // `more` others are new too

  /** Storage may be full or forbidden: the badge then counts on, from zero after a reload. @param {(storage: Storage) => string | null | void} use */
  const stored = use => {
    try { return use(localStorage); } catch { return null; }
  };

  /** What anyone may have written there. @param {string | null | void} text */
  const start = text => {
    /** @type {any} */ let count;
    [seen, cursor, count, ...ids] = (text ?? '').split(' ');
    more = Math.max(0, count | 0);
    ids = ids.filter(isCursor);
    recount();
  };

  const save = () => {
    clearTimeout(saving);
    saving = 0;
    if (whose) return; // nothing of theirs stays in a browser that others may use
    const newValue = [seen, cursor, more, ...ids].join(' ');
    stored(storage => storage.setItem(key, newValue));
    // The page's other badges hear it as those of other tabs do.
    dispatchEvent(new StorageEvent('storage', { key, newValue }));
  };

  const saveSoon = () => { saving ||= setTimeout(save, saveEvery); };

  const recount = () => {
    const now = more + ids.length;
    if (now === shown) return;
    shown = now;
    wish.onChange?.(now);
  };

  /** @param {string} upTo */
  const keepAfter = upTo => {
    seen = upTo;
    ids = ids.filter(id => isAfter(id, upTo));
    recount();
  };

  /** Nothing up to the cursor is new. @param {string | undefined} upTo */
  const forget = upTo => {
    if (!upTo || !isAfter(upTo, seen)) return;
    more = 0;
    keepAfter(upTo);
    saveSoon();
  };

  /** Set, not added up: what came behind them moves them. @param {Counts} counts @param {(n: Notification) => boolean} isMuted @param {boolean} [exact] of these topics alone */
  const set = ({ countsAt, topics: each, ...total }, isMuted, exact) => {
    if (topics.some(t => !each[t]) || isSurelyAfter(seen, countsAt)) return;
    const of = exact ? [] : topics.map(t => each[t][mode]);
    muted = isMuted;
    more = of.length ? Math.min(of.reduce((a, b) => a + b), total[mode]) : total[mode];
    keepAfter(countsAt);
    // What is on several topics was counted with each.
    if (of.filter(Boolean).length > 1) {
      subscription.call(`api/inbox/counts?${query(topics)}`).then(counts => set(counts, isMuted, true), console.warn);
    }
  };

  start(wish.tokenUrl ? null : stored(storage => storage.getItem(key)));
  const subscription = subscribe({
    ...wish, topics, lastEventId: cursor,
    onRecipient(recipient) {
      if (recipient === whose) return;
      whose = recipient;
      muted = null;
      start(null);
    },
    onCounts(batch, preferences, isMuted) {
      set(batch[batch.length - 1], isMuted);
      // What came behind the counts was judged by the rules before.
      if (rules && rules !== preferences && ids.length) subscription.refresh();
      rules = preferences;
    },
    onNotifications(batch) {
      wish.onNotifications?.(batch); // which may clear them
      ids.push(...batch.filter(n => isAfter(n.id, seen) && !muted?.(n)).map(n => n.id));
      more += ids.splice(0, ids.length - mostIds).length;
      recount();
    },
    onRetracts(batch) {
      const over = batch.map(r => r.id), left = ids.filter(id => !over.includes(id));
      // Only the hub knows whether what came before the counts was new.
      if (muted && more && ids.length - left.length < over.length) subscription.refresh();
      ids = left;
      recount();
      wish.onRetracts?.(batch);
    },
    onCursor(now) { cursor = now; saveSoon(); },
  });
  addEventListener('pagehide', save, page);
  // Another badge has cleared them.
  addEventListener('storage', event => { if (event.key === key && !whose) forget(event.newValue?.split(' ')[0]); }, page);

  return {
    get count() { return shown; },
    get state() { return subscription.state; },
    clear(upTo = cursor) {
      if (!upTo) return;
      forget(upTo);
      save();
      // The answer comes as hub.read too, to every tab and device.
      if (muted) subscription.call(`api/inbox/${mode.slice(2)}`, { upTo, topics: topics[0] && topics }).catch(console.warn);
    },
    close() {
      save();
      page.abort();
      subscription.close();
    },
  };
};
