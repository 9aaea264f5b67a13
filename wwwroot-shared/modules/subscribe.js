// Many listeners, one stream: the tabs of a browser share one request for all their topics, and every listener has a cursor of its own.
import { access } from './access.js';
import { lazily } from './lazily.js';
import { lead, learn } from './leader.js';
import { cover, give, listener, take } from './listener.js';
import { joinTabs } from './tabs.js';

/**
 * @typedef {import('./types').Wish} Wish
 * @typedef {import('./types').Stand} Stand
 * @typedef {import('./listener.js').Listener} Listener
 * @typedef {import('./types').Subscription} Subscription
 */

/** The hub that served this module. */
export const ownHub = new URL('../', import.meta.url).href;

const settleFor = 50, askAfter = 5_000, stealAfter = 3_000, longestBatch = 500;
/** @type {Map<string, { add(wish: Wish): Subscription }>} */
const hubs = new Map();

/** @param {string} address */
export const absolute = address => new URL(address, document.baseURI).href;

/**
 * Calls `onNotifications` with what is published to `topics` from now on, or after `lastEventId`, in order and once each.
 * `onUpdates` gets notifications that have other content now, `onRetracts` what nobody gets any more: of all that the shared stream asks for,
 * so that some ids may be of topics that this listener does not know. The three are called in the order of the stream.
 * @param {Wish} wish @returns {Subscription}
 */
export function subscribe(wish) {
  const address = absolute(wish.hub || ownHub).replace(/\/*$/, '/'), tokenUrl = wish.tokenUrl && absolute(wish.tokenUrl), key = `${address} ${tokenUrl}`;
  let hub = hubs.get(key);
  if (!hub) hubs.set(key, hub = listen(address, tokenUrl, () => hubs.delete(key)));
  return hub.add(wish);
}

/** One hub, listened to as whom one token address speaks for. @param {string} address @param {string | undefined} tokenUrl @param {() => void} end */
function listen(address, tokenUrl, end) {
  /** @type {Set<Listener>} */ const listeners = new Set();
  /** @type {ReturnType<typeof joinTabs> | null} */ let tabs = null;
  /** @type {ReturnType<typeof lead> | null} */ let leader = null;
  /** @type {number | undefined} */ let settle;
  /** @type {number | undefined} */ let flush;
  /** @type {string | null} */ let recipient = null;
  /** @type {import('./types').Counts | null} */ let counts = null;
  /** @type {import('./listener.js').Rules} */ let rules;
  let listened = false, fetching = false, turn = 0, moves = 0, heard = 0, asked = 0, toldPath = '';
  /** @type {Stand} */ let stand = fresh({ status: 'connecting', since: Date.now(), opens: 0 });
  const me = access(address, tokenUrl), page = new AbortController(), beat = setInterval(watch, 1_000);

  /** @param {Window | Document} target @param {string} type @param {(event: any) => void} hear */
  const on = (target, type, hear) => target.addEventListener(type, hear, { signal: page.signal });
  // A page in the back/forward cache must hold neither lock nor connection, or it is not kept.
  on(window, 'pagehide', leave);
  on(window, 'pageshow', event => event.persisted && join());
  on(document, 'visibilitychange', say);
  on(window, 'online', () => leader?.wake());
  join();

  /** @param {import('./types').StreamState} state @returns {Stand} */
  function fresh(state) { return { term: 0, asked: new Set(), at: null, head: null, inbox: [], state }; }

  /** @param {Wish} wish @returns {Subscription} */
  function add(wish) {
    const l = listener(wish);
    listeners.add(l);
    if (recipient !== null) wish.onRecipient?.(recipient);
    cover(l, stand);
    // It begins at the newest frame; the counts that are known lie before.
    if (counts) refresh();
    settleSoon();
    return {
      close() { if (listeners.delete(l)) settleSoon(); },
      call: me.call,
      refresh,
      get cursor() { return l.cursor; },
      get state() { return stand.state; },
    };
  }

  /** Components come and go in bursts. */
  function settleSoon() {
    clearTimeout(settle);
    settle = setTimeout(() => {
      if (listeners.size) { say(); return; }
      leave();
      page.abort();
      clearInterval(beat);
      end();
    }, settleFor);
  }

  /** Finds out whose page this is, and joins the tabs of the same recipient. */
  async function join() {
    const mine = turn;
    try {
      const found = await me.recipient();
      if (mine === turn) enter(found);
    } catch (fault) {
      console.warn(fault);
      if (mine === turn) setTimeout(() => mine === turn && join(), askAfter);
    }
  }

  /** @param {string} found */
  function enter(found) {
    // A cursor is of one identity; the first one is the page's.
    if (listened && found !== recipient) for (const l of listeners) l.cursor = null;
    recipient = found;
    listened = false;
    counts = null;
    stand = fresh(stand.state);
    for (const l of listeners) {
      l.covered = false;
      l.pending = [];
      l.wish.onRecipient?.(found);
    }
    const joined = tabs = joinTabs(`notify:${address}:${found}`, ([what, ...said]) => messages[what]?.(...said), leads => {
      leader?.close();
      // A tab that wakes up robbed may not know it yet: its terms lie below those of the one that took over.
      leader = leads ? lead(address, me, found, Math.max(stand.term + 1, Date.now()), joined.tell, move) : null;
      if (leads) joined.tell('ask');
    });
    say();
  }

  /** The stream turned out to be another recipient's: signed out, or another signed in. @param {string} other */
  function move(other) {
    leave();
    const mine = turn;
    // At once, but not if token and cookie go on to name different ones.
    setTimeout(() => mine === turn && enter(other), 1_000 * moves++);
  }

  function leave() {
    turn++;
    handOver();
    tabs?.tell('gone', tabs.id);
    tabs?.leave();
    tabs = null;
  }

  /** What this tab wants, told whoever leads. */
  function say() {
    const wants = [...listeners].map(({ topics, cursor, covered }) => ({ topics, cursor, term: covered ? stand.term : 0 }));
    if (wants.length) tabs?.tell('want', tabs.id, wants, document.visibilityState === 'visible', toldPath = path());
  }

  /** What the hub may know of where this is. */
  function path() { return [...listeners].some(l => l.wish.presence === false) ? '' : location.pathname.slice(0, 200); }

  /** A tab that leads answers. One that does not is frozen, and loses the lead to one that somebody looks at. */
  function watch() {
    if (!tabs) return;
    const now = Date.now();
    if (path() !== toldPath) say();
    if (leader) leader.tick();
    else if (document.visibilityState !== 'visible' || now - heard < askAfter) asked = 0;
    else if (!asked) { asked = now; say(); }
    else if (now - asked > stealAfter) { asked = now; tabs?.steal(); }
  }

  /** @type {Record<string, (...said: any[]) => void>} what tabs say to one another */
  const messages = {
    ask: say, stand: follow,
    want: (tab, wants, visible, page) => leader?.want(tab, wants, visible, page),
    gone: tab => leader?.forget(tab),
    frame: (term, name, cursor, data) => term === stand.term && hearFrame(name, cursor, data),
  };

  /** @param {Stand} next */
  function follow(next) {
    const known = stand;
    if (next.term < known.term) return;
    heard = Date.now();
    stand = next;
    if (!leader) me.forget();
    // The lead of a recipient's tabs has the counts since its hello, which this tab may not have heard.
    if (recipient && !counts && next.state.status === 'live' && !leader) refresh();
    for (const l of listeners) {
      if (next.term > known.term) l.covered = false;
      cover(l, next);
      if (next.state.status !== known.state.status || next.state.opens !== known.state.opens) l.wish.onState?.(next.state);
    }
  }

  async function refresh() {
    if (fetching) return;
    const mine = turn;
    fetching = true;
    await new Promise(wait => setTimeout(wait, settleFor));
    fetching = false;
    try {
      const found = await me.call('api/inbox/counts');
      if (mine !== turn) return;
      counts = found;
      for (const l of listeners) l.pending.push(['counts', found]);
      handOver();
    } catch (fault) {
      console.warn(fault);
      counts = null; // whoever leads is heard again soon
    }
  }

  /** @param {string} name @param {string} cursor @param {any} data */
  function hearFrame(name, cursor, data) {
    heard = Date.now();
    listened = true;
    learn(stand, name, cursor, data);
    if (name === 'hello') moves = 0;
    if (data?.counts) counts = data.counts;
    for (const l of listeners) {
      take(l, stand, name, cursor, data);
      if (l.pending.length >= longestBatch) handOver();
    }
    flush ??= setTimeout(handOver);
  }

  async function handOver() {
    clearTimeout(flush);
    flush = undefined;
    // A recipient's rules are loaded before anything is counted by them.
    if (stand.preferences && !rules) rules = await lazily(() => import('./mute-rules.js'), 'mute-rules.js').catch(console.warn);
    for (const l of listeners) give(l, stand, rules);
  }

  return { add };
}
