// One EventSource to one hub: opens it, notices its death, opens the next one. Knows nothing of who listens to what.

/**
 * @typedef {'connecting' | 'live' | 'reconnecting' | 'offline'} Status
 * @typedef {{ status: Status, since: number, opens: number }} StreamState `since` in ms since 1970; `opens`: requests made by this page
 * @typedef {{
 *   url(): string,
 *   onFrame(name: string, cursor: string, data: any): void,
 *   onState(state: StreamState): void,
 *   onRelease(): void,
 * }} StreamOwner
 */

const frames = ['hub.hello', 'hub.gap', 'hub.notification', 'hub.update', 'hub.retract', 'hub.heartbeat', 'hub.bye'];
const firstDelay = 500, longestDelay = 8_000, longestBye = 60_000, helloTimeout = 10_000, offlineAfter = 10_000;

export class HubStream {
  /** @type {EventSource | null} */ #source = null;
  /** @type {StreamState} */ #state = { status: 'connecting', since: Date.now(), opens: 0 };
  #owner; #failures = 0; #heard = 0; #patience = helloTimeout;
  /** @type {number | undefined} */ #retry;
  /** @type {number | undefined} */ #watch;
  #page = new AbortController();

  /** @param {StreamOwner} owner */
  constructor(owner) {
    this.#owner = owner;
    const wake = () => this.#wake(), signal = this.#page.signal;
    addEventListener('online', wake, { signal });
    addEventListener('pageshow', wake, { signal });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wake(), { signal });
    // A page in the back/forward cache must hold no connection, or it is not kept; pageshow opens again.
    addEventListener('pagehide', () => { this.#drop(); this.#owner.onRelease(); }, { signal });
  }

  get state() { return this.#state; }
  get isOpen() { return this.#source !== null; }

  /** Opens, or opens anew with what the owner wants now. */
  open() {
    this.#drop();
    this.#heard = Date.now();
    this.#patience = helloTimeout;
    const source = this.#source = new EventSource(this.#owner.url());
    this.#set(this.#state.status, this.#state.since, this.#state.opens + 1);
    for (const name of frames) source.addEventListener(name, event => this.#receive(source, name, /** @type {MessageEvent} */ (event)));
    // Never left to retry by itself: it would repeat the same URL, and any status but 200 ends it for good.
    source.onerror = () => source === this.#source && this.#fail();
    this.#watch = setInterval(() => Date.now() - this.#heard > this.#patience && this.#fail(), 1_000);
  }

  close() {
    this.#drop();
    this.#page.abort();
  }

  /** @param {EventSource} source @param {string} name @param {MessageEvent} event */
  #receive(source, name, event) {
    if (source !== this.#source) return;
    this.#heard = Date.now();
    /** @type {any} */ let data;
    try { data = JSON.parse(event.data); } catch { data = null; }
    if (name === 'hub.hello') {
      this.#failures = 0;
      // Two heartbeats missed, and a little for a slow line.
      this.#patience = 2_000 * (Number(data?.heartbeatSeconds) || 15) + 2_000;
      if (this.#state.status !== 'live') this.#set('live', Date.now());
    }
    this.#owner.onFrame(name, event.lastEventId, data);
    if (name === 'hub.bye' && source === this.#source) this.#fail(Math.min(Number(data?.retryMs) || firstDelay, longestBye));
  }

  /** @param {number} [delay] */
  #fail(delay) {
    this.#drop();
    const backoff = Math.min(firstDelay * 2 ** this.#failures++, longestDelay) * (0.75 + 0.5 * Math.random());
    this.#retry = setTimeout(() => this.open(), delay ?? backoff);
    const since = ['live', 'connecting'].includes(this.#state.status) ? Date.now() : this.#state.since;
    this.#set(!navigator.onLine || Date.now() - since > offlineAfter ? 'offline' : 'reconnecting', since);
  }

  /** Never the first opening: that one waits until the page's listeners have settled. */
  #wake() {
    if (!this.#source && this.#state.opens) this.open();
  }

  #drop() {
    clearTimeout(this.#retry);
    clearInterval(this.#watch);
    this.#source?.close();
    this.#source = null;
  }

  /** @param {Status} status @param {number} since */
  #set(status, since, opens = this.#state.opens) {
    this.#state = { status, since, opens };
    this.#owner.onState(this.#state);
  }
}
