// How many are new: one counter per hub and set of topics, shared by every badge that shows it, in every tab. A recipient's is kept by the
// hub, for all devices; anybody else's in this browser, over a reload.
import { isAfter, isCursor, isSurelyAfter } from './cursor.js';
import { absolute, ownHub, subscribe } from './subscribe.js';

/**
 * @typedef {import('./types').UnreadWish} Wish
 * @typedef {import('./types').Notification} Notification
 * @typedef {import('./types').Counts} Counts
 * @typedef {{ more: number, ids: string[], seen: string | null, cursor: string | null }} Kept `ids` are new and lie behind `seen`; `more` others are new too
 */

// The newest ids: enough to know what is taken back.
const saveEvery = 250, mostIds = 500;
/** @type {Map<string, { add(wish: Wish): import('./types').Unread }>} */
const counters = new Map();

/**
 * Counts the notifications received on `topics`. Count and cursor go together: nothing is missed and nothing counted twice. What is taken back
 * while it is new is not counted any more; an update counts nothing. `clear()` is for all badges of these topics in every tab, and for a
 * recipient on every device; while `reading(true)`, what arrives is cleared at once.
 * @param {Wish} wish @returns {import('./types').Unread}
 */
export function unread(wish) {
  const topics = [...new Set(wish.topics)].sort(), mode = wish.mode ?? 'unseen';
  const key = `notify-unread:${absolute(wish.hub || ownHub)}:${JSON.stringify(topics.length || wish.tokenUrl ? topics : ['broadcast'])}`;
  const all = `${key} ${mode} ${wish.tokenUrl}`;
  let counter = counters.get(all);
  if (!counter) counters.set(all, counter = count(key, wish, topics, mode, () => counters.delete(all)));
  return counter.add(wish);
}

/** @param {string} key @param {Wish} wish @param {string[]} topics @param {'unseen' | 'unread'} mode @param {() => void} end */
function count(key, { hub, tokenUrl, presence }, topics, mode, end) {
  /** @type {Set<Wish>} */ const wishes = new Set();
  /** @type {Set<Wish>} */ const readers = new Set();
  /** @type {number | undefined} */ let saving;
  /** @type {import('./types').Preferences | undefined} */ let rules;
  /** @type {((n: Notification) => boolean) | null} of a recipient whose hub counts these topics */ let muted = null;
  let whose = '', shown = 0, kept = parse(tokenUrl ? null : read(key));
  const page = new AbortController(), { signal } = page;

  recount();
  const subscription = subscribe({
    hub, tokenUrl, topics, presence, lastEventId: kept.cursor,
    onRecipient(recipient) {
      if (recipient === whose) return;
      whose = recipient;
      muted = null;
      kept = parse(null);
      recount();
    },
    onCounts(counts, preferences, isMuted) {
      set(counts, isMuted);
      // What came behind the counts was judged by the rules before.
      if (rules && rules !== preferences && kept.ids.length) subscription.refresh();
      rules = preferences;
    },
    onNotifications(batch) {
      if (readers.size) clear(batch[batch.length - 1].id);
      else note(batch);
      for (const w of wishes) w.onNotifications?.(batch);
    },
    onUpdates(batch) { for (const w of wishes) w.onUpdates?.(batch); },
    onRetracts(batch) {
      const over = new Set(batch.map(r => r.id)), left = kept.ids.filter(id => !over.has(id));
      // Only the hub knows whether what came before the counts was new.
      if (muted && kept.more && kept.ids.length - left.length < over.size) subscription.refresh();
      kept.ids = left;
      recount();
      for (const w of wishes) w.onRetracts?.(batch);
    },
    onCursor(cursor) { kept.cursor = cursor; saveSoon(); },
    onState(state) { for (const w of wishes) w.onState?.(state); },
  });
  addEventListener('pagehide', save, { signal });
  // Another tab has cleared them.
  addEventListener('storage', event => event.key === key && !whose && forget(parse(event.newValue).seen), { signal });

  /** @param {string | null} upTo */
  function clear(upTo) {
    if (!upTo) return;
    forget(upTo);
    save();
    // The answer comes as hub.read too, to every tab and device.
    if (muted) subscription.call(`api/inbox/${mode === 'unread' ? 'read' : 'seen'}`, { upTo, topics: topics.length ? topics : undefined }).catch(console.warn);
  }

  /** Set, not added up: what came behind them moves them. @param {Counts} counts @param {(n: Notification) => boolean} isMuted */
  function set({ countsAt, topics: each, ...total }, isMuted, exact = false) {
    if (topics.some(t => !each[t]) || isSurelyAfter(kept.seen, countsAt)) return;
    const of = topics.map(t => each[t][mode]);
    kept.more = of.length && !exact ? Math.min(of.reduce((a, b) => a + b), total[mode]) : total[mode];
    keepAfter(countsAt);
    if (exact) return;
    muted = isMuted;
    // What is on several topics was counted with each.
    if (of.filter(Boolean).length > 1) {
      subscription.call(`api/inbox/counts?${new URLSearchParams(topics.map(topic => ['topic', topic]))}`).then(counts => set(counts, isMuted, true), console.warn);
    }
  }

  /** Nothing up to the cursor is new. @param {string | null} upTo */
  function forget(upTo) {
    if (!upTo || !isAfter(upTo, kept.seen)) return;
    kept.more = 0;
    keepAfter(upTo);
    saveSoon();
  }

  /** @param {string} seen */
  function keepAfter(seen) {
    kept.seen = seen;
    kept.ids = kept.ids.filter(id => isAfter(id, seen));
    recount();
  }

  /** @param {Notification[]} batch */
  function note(batch) {
    kept.ids.push(...batch.filter(n => isAfter(n.id, kept.seen) && !muted?.(n)).map(n => n.id));
    kept.more += kept.ids.splice(0, kept.ids.length - mostIds).length;
    recount();
  }

  function recount() {
    const now = kept.more + kept.ids.length;
    if (now === shown) return;
    shown = now;
    saveSoon();
    for (const w of wishes) w.onChange?.(now);
  }

  function saveSoon() { saving ??= setTimeout(save, saveEvery); }

  function save() {
    clearTimeout(saving);
    saving = undefined;
    if (whose) return; // nothing of theirs stays in a browser that others may use
    // Storage may be full or forbidden: the badge then counts on, from zero after a reload.
    try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* see above */ }
  }

  return {
    /** @param {Wish} wish */
    add(wish) {
      wishes.add(wish);
      if (shown) wish.onChange?.(shown);
      return {
        get count() { return shown; },
        get state() { return subscription.state; },
        clear() { clear(kept.cursor); },
        /** @param {boolean} on */
        reading(on) {
          if (on) { readers.add(wish); clear(kept.cursor); }
          else readers.delete(wish);
        },
        close() {
          readers.delete(wish);
          if (!wishes.delete(wish) || wishes.size) return;
          save();
          page.abort();
          subscription.close();
          end();
        },
      };
    },
  };
}

/** @param {string} key */
function read(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

/** What anyone may have written there. @param {string | null} text @returns {Kept} */
function parse(text) {
  /** @param {any} value */
  const cursor = value => (isCursor(value) ? value : null);
  let kept;
  try { kept = JSON.parse(text ?? ''); } catch { /* then nothing */ }
  return { more: Number.isSafeInteger(kept?.more) && kept.more > 0 ? kept.more : 0, ids: [kept?.ids].flat().filter(isCursor).slice(-mostIds), seen: cursor(kept?.seen), cursor: cursor(kept?.cursor) };
}
