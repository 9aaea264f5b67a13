// One EventSource to one hub: opens it, detects when it is dead, and opens the next one. It does not depend on topics or listeners.
import { explainFailure } from './connection-hint.js';

/** @typedef {import('../types').StreamState} StreamState */

const minDelay = 500, maxDelay = 8_000, helloTimeout = 10_000, offlineAfter = 10_000;
const frames = ['hello', 'gap', 'notification', 'update', 'retract', 'read', 'heartbeat', 'bye'];

export class HubStream {
  /** @type {EventSource | null} */ #source = null;
  #state; #address; #onFrame; #onState;
  #generation = 0; #failures = 0; #lostAt = 0; #retrying = false; /** When to reconnect because no frame arrived, or when the next attempt is due; 0: none. */ #deadline = 0;

  /**
   * @param {StreamState} state the state of the previous stream
   * @param {() => Promise<string>} address returns the URL of the next stream
   * @param {(name: string, cursor: string, data: any) => void} onFrame `name` has no prefix `hub.`
   * @param {(state: StreamState) => void} onState
   */
  constructor(state, address, onFrame, onState) {
    this.#state = state;
    this.#address = address;
    this.#onFrame = onFrame;
    this.#onState = onState;
  }

  /** Whether the stream waits for the next attempt. */
  get isRetrying() { return this.#retrying; }

  /** Opens a new EventSource with the current URL, and closes the previous one. */
  async open() {
    this.close();
    const generation = this.#generation;
    this.#deadline = Date.now() + helloTimeout;
    try {
      const url = await this.#address();
      if (generation === this.#generation) this.#listen(new EventSource(url));
    } catch (error) {
      console.warn(error);
      if (generation === this.#generation) this.#retry();
    }
  }

  close() {
    this.#generation++;
    this.#deadline = 0;
    this.#retrying = false;
    this.#source?.close();
    this.#source = null;
  }

  /** Reconnects if it is due. May be called at any time, because the timers of a hidden tab can be a minute late. */
  tick() {
    if (!this.#deadline || Date.now() < this.#deadline) return;
    if (this.#retrying) this.open();
    else this.#retry();
  }

  /** @param {EventSource} source */
  #listen(source) {
    let silenceTimeout = 0;
    this.#source = source;
    this.#setState({ opens: this.#state.opens + 1 });
    for (const name of frames) {
      source.addEventListener(`hub.${name}`, ({ data: text, lastEventId }) => {
        const data = JSON.parse(text);
        if (name === 'hello') {
          // Two missed heartbeats, plus two seconds for a slow network.
          silenceTimeout = 2_000 * (data.heartbeatSeconds + 1);
          this.#failures = this.#lostAt = 0;
        }
        if (source !== this.#source || !silenceTimeout) return;
        this.#deadline = Date.now() + silenceTimeout;
        this.#onFrame(name, lastEventId, data);
        if (source !== this.#source) return;
        if (this.#state.status !== 'live') this.#setState({ status: 'live', since: Date.now() });
        if (name === 'bye') this.#retry(data.retryMs);
      });
    }
    // EventSource must not retry by itself: it would repeat the same URL (with a used ticket), and a status other than 200 closes it for good (WHATWG HTML, 9.2).
    source.onerror = () => {
      if (source !== this.#source) return;
      if (source.readyState === EventSource.CLOSED) explainFailure(source.url);
      this.#retry();
    };
  }

  /** @param {number} [delay] in ms */
  #retry(delay = Math.min(minDelay * 2 ** this.#failures++, maxDelay) * (0.75 + Math.random() / 2)) {
    const now = Date.now();
    this.close();
    this.#lostAt ||= now;
    this.#deadline = now + delay;
    this.#retrying = true;
    setTimeout(() => this.tick(), delay);
    this.#setState({ status: !navigator.onLine || now - this.#lostAt > offlineAfter ? 'offline' : 'reconnecting', since: this.#lostAt });
  }

  /** @param {Partial<StreamState>} change */
  #setState(change) { this.#onState(this.#state = { ...this.#state, ...change }); }
}
