// One EventSource to one hub: opens it, notices its death, opens the next one. Knows nothing of who listens to what.
import { blame } from './access.js';

/**
 * @typedef {import('./types').StreamState} StreamState
 * @typedef {{ url(): string | Promise<string>, frame(name: string, cursor: string, data: any): void, state(state: StreamState): void }} Owner
 */

const frames = ['hello', 'gap', 'notification', 'update', 'retract', 'read', 'heartbeat', 'bye'];
const firstDelay = 500, longestDelay = 8_000, longestBye = 60_000, helloTimeout = 10_000, offlineAfter = 10_000;

/** @param {Owner} owner */
export function hubStream(owner) {
  /** @type {StreamState} */ let state = { status: 'connecting', since: Date.now(), opens: 0 };
  /** @type {EventSource | undefined} */ let source;
  /** @type {number | undefined} */ let retry;
  /** @type {number | undefined} */ let watch;
  let turn = 0, failures = 0, retryAt = Infinity, deadAt = Infinity;

  /** Opens, or opens anew with what the owner wants now. */
  async function open() {
    close();
    const mine = turn;
    deadAt = Date.now() + helloTimeout;
    watch = setInterval(tick, 1_000);
    try {
      const url = await owner.url();
      if (mine === turn) listen(new EventSource(url));
    } catch (fault) {
      if (mine !== turn) return;
      console.warn(fault);
      fail();
    }
  }

  function close() {
    turn++;
    clearTimeout(retry);
    clearInterval(watch);
    retryAt = deadAt = Infinity;
    source?.close();
    source = undefined;
  }

  /** Does what is due: a hidden tab's own timers may be a minute late. */
  function tick() {
    if (Date.now() > deadAt) fail();
    else if (Date.now() > retryAt) open();
  }

  /** @param {EventSource} opened */
  function listen(opened) {
    source = opened;
    set(state.status, state.since, state.opens + 1);
    let patience = helloTimeout, greeted = false;
    for (const name of frames) {
      opened.addEventListener(`hub.${name}`, event => {
        if (opened !== source || !(greeted ||= name === 'hello')) return;
        /** @type {any} */ let data;
        try { data = JSON.parse(event.data); } catch { /* then without */ }
        if (name === 'hello') {
          failures = 0;
          // Two heartbeats missed, and a little for a slow line.
          patience = 2_000 * (data?.heartbeatSeconds || 15) + 2_000;
        }
        deadAt = Date.now() + patience;
        owner.frame(name, event.lastEventId, data);
        if (opened !== source) return;
        if (name === 'hello' && state.status !== 'live') set('live', Date.now());
        if (name === 'bye') fail(Math.min(data?.retryMs || firstDelay, longestBye));
      });
    }
    // Never left to retry by itself: it would repeat the same URL, and any status but 200 ends it for good.
    opened.onerror = () => {
      if (opened !== source) return;
      if (!greeted && opened.readyState === EventSource.CLOSED) blame(opened.url);
      fail();
    };
  }

  function fail(delay = Math.min(firstDelay * 2 ** failures++, longestDelay) * (0.75 + 0.5 * Math.random())) {
    close();
    retryAt = Date.now() + delay;
    retry = setTimeout(open, delay);
    const lost = ['live', 'connecting'].includes(state.status) ? Date.now() : state.since;
    set(!navigator.onLine || Date.now() - lost > offlineAfter ? 'offline' : 'reconnecting', lost);
  }

  /** @param {StreamState['status']} status @param {number} since */
  function set(status, since, opens = state.opens) { owner.state(state = { status, since, opens }); }

  return {
    open, close, tick,
    get waits() { return retryAt < Infinity; },
    get state() { return state; },
  };
}
