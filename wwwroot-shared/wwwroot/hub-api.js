// Requests to the hub's HTTP API on behalf of the page's visitor.
import { explainFailure } from './connection-hint.js';
import { loadWhenNeeded } from './load-when-needed.js';

/**
 * @typedef {import('../types').TokenSource} TokenSource
 * @typedef {(path: string, body?: object, method?: string, token?: string) => Promise<Response>} Send
 */

/** Query parameters that name these topics. @param {Iterable<string>} topics */
export const topicQuery = topics => new URLSearchParams([...topics].map(topic => ['topic', topic]));

export class HubApi {
  #address; #tokenSource;
  /** @type {import('./identity.js').Identity | undefined} */ #identity;

  /** @param {string} address @param {TokenSource | null} tokenSource null: requests are anonymous, or carry a cookie of the same origin */
  constructor(address, tokenSource) {
    this.#address = address;
    this.#tokenSource = tokenSource;
  }

  /** The answer's JSON. @param {string} path @param {object} [body] makes it a POST @param {string} [method] another method @returns {Promise<any>} */
  async call(path, body, method) {
    const identity = await this.#loadIdentity();
    const response = await (identity ? identity.send(path, body, method) : this.#send(path, body, method));
    if (!response.ok) throw new Error(`NotifyDashboard: ${response.status} from ${path}`);
    return response.status === 204 ? null : response.json();
  }

  /** Whose page this is, as `hub.hello` names them; '' is nobody, or somebody whom only a cookie names. */
  async recipient() { return (await (await this.#loadIdentity())?.recipient()) ?? ''; }

  /** A ticket for one stream; nothing where none is needed. */
  async ticket() { return (await this.#loadIdentity())?.ticket(); }

  /** Another tab opens the streams: a ticket kept for one is of no use. */
  forgetTicket() { this.#identity?.forgetTicket(); }

  /** Whether nobody was signed in, and it is time to look again. */
  get isSignInDue() { return !!this.#identity?.isSignInDue; }

  /** Loaded only where there are tokens: an anonymous page needs none of it. */
  async #loadIdentity() {
    if (!this.#tokenSource) return null;
    const { Identity } = await loadWhenNeeded(() => import('./identity.js'), 'identity.js');
    return this.#identity ??= new Identity(this.#tokenSource, (...request) => this.#send(...request));
  }

  /** @type {Send} */
  async #send(path, body, method = 'POST', token) {
    try {
      return await fetch(new URL(path, this.#address), {
        method: body && method, keepalive: true, body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', ...token && { Authorization: `Bearer ${token}` } },
      });
    } catch (error) {
      explainFailure(this.#address);
      throw error;
    }
  }
}
