// Requests to the hub's HTTP API on behalf of the page's visitor.
import { explainFailure } from './connection-hint.js';
import { loadWhenNeeded } from './load-when-needed.js';

/**
 * @typedef {import('../types').TokenSource} TokenSource
 * @typedef {(path: string, body?: object, method?: string, token?: string) => Promise<Response>} Send
 */

/** The query parameters for topics. @param {Iterable<string>} topics */
export const topicQuery = topics => new URLSearchParams([...topics].map(topic => ['topic', topic]));

export class HubApi {
  #address; #tokenSource;
  /** @type {import('./identity.js').Identity | undefined} */ #identity;

  /** @param {string} address @param {TokenSource | null} tokenSource null: requests are anonymous, or carry a cookie of the same origin */
  constructor(address, tokenSource) {
    this.#address = address;
    this.#tokenSource = tokenSource;
  }

  /** Returns the JSON of the response; null for 204. @param {string} path @param {object} [body] none: GET @param {string} [method] default with a body: POST @returns {Promise<any>} */
  async call(path, body, method) {
    const identity = await this.#loadIdentity();
    const response = await (identity ? identity.send(path, body, method) : this.#send(path, body, method));
    if (!response.ok) throw new Error(`NotifyDashboard: ${response.status} from ${path}`);
    return response.status === 204 ? null : response.json();
  }

  /** The recipient that the page's token names, as in `hub.hello`; '' without a token, also if a cookie names a recipient. */
  async recipient() { return (await (await this.#loadIdentity())?.recipient()) ?? ''; }

  /** A ticket for one stream; undefined without a token source, null for an anonymous visitor. */
  async ticket() { return (await this.#loadIdentity())?.ticket(); }

  /** Drops an unused ticket, because another tab opens the streams. */
  forgetTicket() { this.#identity?.forgetTicket(); }

  /** Whether the visitor was anonymous, and it is time to request a token again. */
  get isSignInDue() { return !!this.#identity?.isSignInDue; }

  /** Loads the identity module only if there is a token source: anonymous pages do not need it. */
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
