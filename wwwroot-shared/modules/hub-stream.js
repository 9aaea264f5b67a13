// One EventSource to one hub: opens it, notices its death, opens the next one. Knows nothing of who listens to what.
import { blame } from './access.js';

/**
 * @typedef {import('./types').StreamState} StreamState
 */

const firstDelay = 500, longestDelay = 8_000, helloTimeout = 10_000, offlineAfter = 10_000;

/**
 * @param {StreamState} state of the stream before
 * @param {() => string | Promise<string>} address of the next one
 * @param {(name: string, cursor: string, data: any) => void} hear
 * @param {(state: StreamState) => void} tell
 */
export const hubStream = (state, address, hear, tell) => {
  /** @type {EventSource | null} */ let source;
  let turn = 0, failures = 0, lost = 0, waits = false, due = 0;

  /** Opens, or opens anew with what is wanted now. */
  const open = async () => {
    close();
    const mine = turn;
    due = Date.now() + helloTimeout;
    try {
      const url = await address();
      if (mine === turn) listen(new EventSource(url));
    } catch (fault) {
      console.warn(fault);
      if (mine === turn) fail();
    }
  };

  const close = () => {
    turn++;
    due = 0;
    waits = false;
    source?.close();
    source = null;
  };

  /** Does what is due, whenever it is called: a hidden tab's own timers may be a minute late. */
  const tick = () => {
    if (due && Date.now() >= due) waits ? open() : fail();
  };

  /** @param {EventSource} opened */
  const listen = opened => {
    let patience = 0;
    source = opened;
    set({ opens: state.opens + 1 });
    for (const name of ['hello', 'gap', 'notification', 'update', 'retract', 'read', 'heartbeat', 'bye']) {
      opened.addEventListener(`hub.${name}`, ({ data: text, lastEventId }) => {
        const data = JSON.parse(text);
        if (name === 'hello') {
          // Two heartbeats missed, and a little for a slow line.
          patience = 2_000 * (data.heartbeatSeconds + 1);
          failures = lost = 0;
        }
        if (opened !== source || !patience) return;
        due = Date.now() + patience;
        hear(name, lastEventId, data);
        if (opened !== source) return;
        if (state.status !== 'live') set({ status: 'live', since: Date.now() });
        if (name === 'bye') fail(data.retryMs);
      });
    }
    // Never left to retry by itself: it would repeat the same URL, and any status but 200 closes it (2) for good.
    opened.onerror = () => {
      if (opened !== source) return;
      if (opened.readyState === 2) blame(opened.url);
      fail();
    };
  };

  const fail = (delay = Math.min(firstDelay * 2 ** failures++, longestDelay) * (0.75 + Math.random() / 2)) => {
    const now = Date.now();
    close();
    lost ||= now;
    due = now + delay;
    waits = true;
    setTimeout(tick, delay);
    set({ status: !navigator.onLine || now - lost > offlineAfter ? 'offline' : 'reconnecting', since: lost });
  };

  /** @param {Partial<StreamState>} now */
  const set = now => tell(state = { ...state, ...now });

  return {
    open, close, tick,
    get waits() { return waits; },
  };
};
