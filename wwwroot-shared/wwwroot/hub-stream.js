// One EventSource to one hub: opens it, notices its death, opens the next one. Knows nothing of who listens to what.
import { blame } from './access.js';

/**
 * @typedef {import('./types').StreamState} StreamState
 * @typedef {{ url(): string | Promise<string>, frame(name: string, cursor: string, data: any): void, state(state: StreamState): void }} Owner
 */

const frames = ['hello', 'gap', 'notification', 'update', 'retract', 'read', 'heartbeat', 'bye'];
const firstDelay = 500, longestDelay = 8_000, longestBye = 60_000, helloTimeout = 10_000, offlineAfter = 10_000;

export class HubStream {
  /** @type {StreamState} */ state = { status: 'connecting', since: Date.now(), opens: 0 };
  /** @type {EventSource | null} */ #source = null;
  /** @type {number | undefined} */ #retry;
  /** @type {number | undefined} */ #watch;
  #owner; #turn = 0; #failures = 0; #retryAt = Infinity; #deadAt = Infinity;

  /** @param {Owner} owner */
  constructor(owner) { this.#owner = owner; }

  get waits() { return this.#retryAt < Infinity; }

  /** Opens, or opens anew with what the owner wants now. */
  async open() {
    this.close();
    const turn = this.#turn;
    this.#deadAt = Date.now() + helloTimeout;
    this.#watch = setInterval(() => this.tick(), 1_000);
    try {
      const url = await this.#owner.url();
      if (turn === this.#turn) this.#listen(new EventSource(url));
    } catch (fault) {
      if (turn !== this.#turn) return;
      console.warn(fault);
      this.#fail();
    }
  }

  close() {
    this.#turn++;
    clearTimeout(this.#retry);
    clearInterval(this.#watch);
    this.#retryAt = this.#deadAt = Infinity;
    this.#source?.close();
    this.#source = null;
  }

  /** Does what is due: a hidden tab's own timers may be a minute late. */
  tick() {
    if (Date.now() > this.#deadAt) this.#fail();
    else if (Date.now() > this.#retryAt) this.open();
  }

  /** @param {EventSource} source */
  #listen(source) {
    this.#source = source;
    this.#set(this.state.status, this.state.since, this.state.opens + 1);
    let patience = helloTimeout, greeted = false;
    for (const name of frames) {
      source.addEventListener(`hub.${name}`, event => {
        if (source !== this.#source || !(greeted ||= name === 'hello')) return;
        /** @type {any} */ let data;
        try { data = JSON.parse(event.data); } catch { /* then without */ }
        if (name === 'hello') {
          this.#failures = 0;
          // Two heartbeats missed, and a little for a slow line.
          patience = 2_000 * (data?.heartbeatSeconds || 15) + 2_000;
        }
        this.#deadAt = Date.now() + patience;
        this.#owner.frame(name, event.lastEventId, data);
        if (name === 'hello' && source === this.#source && this.state.status !== 'live') this.#set('live', Date.now());
        if (name === 'bye' && source === this.#source) this.#fail(Math.min(data?.retryMs || firstDelay, longestBye));
      });
    }
    // Never left to retry by itself: it would repeat the same URL, and any status but 200 ends it for good.
    source.onerror = () => {
      if (source !== this.#source) return;
      if (!greeted && source.readyState === EventSource.CLOSED) blame(source.url);
      this.#fail();
    };
  }

  /** @param {number} [delay] */
  #fail(delay) {
    this.close();
    delay ??= Math.min(firstDelay * 2 ** this.#failures++, longestDelay) * (0.75 + 0.5 * Math.random());
    this.#retryAt = Date.now() + delay;
    this.#retry = setTimeout(() => this.open(), delay);
    const { status, since } = this.state, lost = ['live', 'connecting'].includes(status) ? Date.now() : since;
    this.#set(!navigator.onLine || Date.now() - lost > offlineAfter ? 'offline' : 'reconnecting', lost);
  }

  /** @param {StreamState['status']} status @param {number} since */
  #set(status, since, opens = this.state.opens) { this.#owner.state(this.state = { status, since, opens }); }
}
