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

const settleFor = 50, tryAfter = 5_000, longestBatch = 500;
/** In beats, of a second each. */
const askAfter = 5, stealAfter = 8;
/** @type {Map<string, (wish: Wish) => Subscription>} */
const hubs = new Map();

/** The address of a hub, of the one that served this module where none is named. @param {string | undefined} hub */
export const hubAddress = hub => new URL(hub?.replace(/\/*$/, '/') || new URL('../', import.meta.url), document.baseURI).href;

/**
 * Calls `onNotifications` with what is published to `topics` from now on, or after `lastEventId`, in order and once each.
 * `onUpdates` gets notifications that have other content now, `onRetracts` what nobody gets any more: of all that the shared stream asks for,
 * so that some ids may be of topics that this listener does not know. The three are called in the order of the stream.
 * @param {Wish} wish @returns {Subscription}
 */
export const subscribe = wish => {
  const address = hubAddress(wish.hub), tokenUrl = wish.tokenUrl ? new URL(wish.tokenUrl, document.baseURI).href : '', key = `${address} ${tokenUrl}`;
  let hub = hubs.get(key);
  if (!hub) hubs.set(key, hub = listen(address, tokenUrl, () => hubs.delete(key)));
  return hub(wish);
};

/** One hub, listened to as whom one token address speaks for. @param {string} address @param {string} tokenUrl @param {() => void} end */
const listen = (address, tokenUrl, end) => {
  /** @type {Set<Listener>} */ const listeners = new Set();
  /** @type {ReturnType<typeof joinTabs> | null} */ let tabs = null;
  /** @type {ReturnType<typeof lead> | null} */ let leader = null;
  /** @type {string | null} */ let recipient = null;
  /** @type {import('./types').Counts | null} */ let counts = null;
  /** @type {import('./listener.js').Rules} */ let rules;
  let listened = false, settle = 0, flush = 0, asking = 0, turn = 0, moves = 0, silent = 0, toldPath = '';
  /** @type {Stand} */
  let stand = { term: 0, asked: new Set(), at: null, head: null, inbox: [], state: { status: 'connecting', since: Date.now(), opens: 0 } };
  const nothing = stand, me = access(address, tokenUrl), page = new AbortController();

  /** A controller has the signal that a listener ends with. @param {string} type @param {(event: any) => void} hear */
  const on = (type, hear) => addEventListener(type, hear, page);

  /** @param {Wish} wish @returns {Subscription} */
  const add = wish => {
    const l = listener(wish);
    listeners.add(l);
    if (recipient !== null) wish.onRecipient?.(recipient);
    cover(l, stand);
    // It begins at the newest frame; the counts that are known lie before.
    if (counts) refresh();
    settleSoon();
    return {
      close() { listeners.delete(l); settleSoon(); },
      call: me.call,
      refresh,
      get cursor() { return l.cursor; },
      get state() { return stand.state; },
    };
  };

  /** Components come and go in bursts. */
  const settleSoon = () => {
    clearTimeout(settle);
    settle = setTimeout(() => {
      if (listeners.size) return say();
      leave();
      page.abort();
      clearInterval(beat);
      end();
    }, settleFor);
  };

  /** Finds out whose page this is, and joins the tabs of the same recipient. */
  const join = async () => {
    const mine = turn;
    try {
      const found = await me.recipient();
      if (mine === turn) enter(found);
    } catch (fault) {
      console.warn(fault);
      setTimeout(() => mine === turn && join(), tryAfter);
    }
  };

  /** @param {string} found */
  const enter = found => {
    // A cursor is of one identity; the first one is the page's.
    const others = listened && found !== recipient;
    recipient = found;
    listened = false;
    counts = null;
    stand = { ...nothing, inbox: found ? [] : ['broadcast'], state: stand.state };
    for (const l of listeners) {
      if (others) l.cursor = null;
      l.pending = [];
      l.wish.onRecipient?.(found);
    }
    tabs = joinTabs(`notify:${address}:${found}`, ([what, ...said]) => messages[what]?.(...said), leads => {
      leader?.close();
      leader = leads && tabs ? lead(address, me, found, stand, tabs.tell, move) : null;
      if (leads) tabs?.tell('ask');
    });
    say();
  };

  /** The stream turned out to be another recipient's: signed out, or another signed in. @param {string} other */
  const move = other => {
    leave();
    const mine = turn;
    // At once, but not if token and cookie go on to name different ones.
    setTimeout(() => mine === turn && enter(other), 1_000 * moves++);
  };

  const leave = () => {
    turn++;
    handOver();
    tabs?.leave();
    tabs = null;
  };

  /** What this tab wants, told whoever leads. */
  const say = () => {
    const wants = [...listeners].map(({ topics, cursor, covered }) => ({ topics, cursor, term: covered ? stand.term : 0 }));
    if (wants.length) tabs?.tell('want', wants, { page: toldPath = path(), visible: !document.hidden });
  };

  /** What the hub may know of where this is. */
  const path = () => ([...listeners].some(l => l.wish.presence === false) ? '' : location.pathname.slice(0, 200));

  /** A tab that leads answers. One that does not is frozen, and loses the lead to one that somebody looks at. */
  const watch = () => {
    if (path() !== toldPath) say();
    if (leader) leader.tick();
    else if (document.hidden) silent = 0;
    else if (++silent === askAfter) say();
    else if (silent >= stealAfter) { silent = 0; tabs?.steal(); }
  };

  /** @type {Record<string, (...said: any[]) => void>} what tabs say to one another, by who says it */
  const messages = {
    ask: () => say(),
    want: (tab, wants, place) => leader?.want(tab, wants, place),
    gone: tab => leader?.forget(tab),

    /** @param {number} _ @param {Stand} next */
    stand(_, next) {
      const known = stand;
      if (next.term < known.term) return;
      silent = 0;
      stand = next;
      if (!leader) {
        me.forget();
        // Since its hello, which this tab may not have heard, the lead has the counts of a recipient.
        if (recipient && !counts && next.state.status === 'live') refresh();
      }
      for (const l of listeners) {
        if (next.term > known.term) l.covered = false;
        cover(l, next);
        if (JSON.stringify(next.state) !== JSON.stringify(known.state)) l.wish.onState?.(next.state);
      }
    },

    /** @param {number} _ @param {number} term @param {string} name @param {string} cursor @param {any} data */
    frame(_, term, name, cursor, data) {
      if (term !== stand.term) return;
      silent = 0;
      listened = true;
      learn(stand, name, cursor, data);
      moves = 0;
      counts = data.counts ?? counts;
      for (const l of listeners) {
        take(l, stand, name, cursor, data);
        if (l.pending.length >= longestBatch) handOver();
      }
      flush ||= setTimeout(handOver);
    },
  };

  const refresh = () => {
    asking ||= setTimeout(async () => {
      const mine = turn;
      asking = 0;
      try {
        const found = await me.call('api/inbox/counts');
        if (mine !== turn) return;
        counts = found;
        for (const l of listeners) l.pending.push(['count', found]);
        handOver();
      } catch (fault) {
        console.warn(fault);
        counts = null; // whoever leads is heard again soon
      }
    }, settleFor);
  };

  const handOver = async () => {
    clearTimeout(flush);
    flush = 0;
    // A recipient's rules are loaded before anything is counted by them.
    if (stand.preferences && !rules) rules = await lazily(() => import('./mute-rules.js'), 'mute-rules.js').catch(console.warn);
    for (const l of listeners) give(l, stand, rules);
  };

  // A page in the back/forward cache must hold neither lock nor connection, or it is not kept.
  on('pagehide', leave);
  on('pageshow', event => event.persisted && join());
  on('visibilitychange', say);
  on('online', () => leader?.wake());
  const beat = setInterval(watch, 1_000);
  join();
  return add;
};
