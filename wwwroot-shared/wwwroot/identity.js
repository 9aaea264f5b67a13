// Identifies the page's visitor by a token. A token is never part of a URL: the hub exchanges it for tickets, one for each stream.
// Loaded only if a page has a token source.
import { warnOnce } from './warn-once.js';

/**
 * @typedef {import('../types').TokenSource} TokenSource
 * @typedef {{ ticket: string, recipient: string, until: number }} Ticket
 */

/** The hub's 30 seconds, minus time for a slow network. In ms. */
const ticketLifetime = 20_000;
/** While the hub is unreachable, each attempt needs a ticket. It reuses a token for this long, so that it does not request one each time. In ms. */
const tokenReuse = 30_000;
const minPause = 5_000, maxPause = 60_000;

export class Identity {
  #source; #send; #token = ''; #tokenRequestedAt = 0; #signedOut = false; #pause = 0; #nextRequestAt = 0;
  /** @type {Ticket | null} the unused ticket of `recipient()`, for this tab's first stream */ #unusedTicket = null;

  /** @param {TokenSource} source @param {import('./hub-api.js').Send} send */
  constructor(source, send) {
    this.#source = source;
    this.#send = send;
  }

  get isSignInDue() { return this.#signedOut && Date.now() >= this.#nextRequestAt; }

  /** The recipient of the page's token; '' for an anonymous visitor. */
  async recipient() {
    this.#unusedTicket = await this.#fetchTicket();
    return this.#unusedTicket?.recipient ?? '';
  }

  /** A ticket for one stream; null for an anonymous visitor. */
  async ticket() {
    const unused = this.#unusedTicket;
    this.#unusedTicket = null;
    if (unused && Date.now() < unused.until) return unused;
    if (this.#signedOut && (document.hidden || !this.isSignInDue)) return null;
    return this.#fetchTicket();
  }

  forgetTicket() { this.#unusedTicket = null; }

  /** Sends a request with the token. If the hub refuses it, sends the request once more with a new token. @param {string} path @param {object} [body] @param {string} [method] @returns {Promise<Response>} */
  async send(path, body, method) {
    const known = this.#token;
    if (!known && !this.#signedOut) await this.#fetchToken();
    const response = await this.#send(path, body, method, this.#token);
    if (response.status !== 401 || !known) return response;
    // Another request may have renewed the token meanwhile.
    if (this.#token === known) this.#token = '';
    return this.send(path, body, method);
  }

  /** @returns {Promise<Ticket | null>} */
  async #fetchTicket() {
    // A stream ends when its token expires, so each stream begins with a new token.
    if (Date.now() >= this.#tokenRequestedAt + tokenReuse) this.#token = '';
    if (!this.#token && !await this.#fetchToken()) return null;
    const response = await this.send('api/stream-tickets', {});
    if (this.#signedOut) return null;
    if (!response.ok) throw new Error(`the hub refused a ticket with ${response.status}.`);
    this.#tokenRequestedAt = 0;
    return { ...await response.json(), until: Date.now() + ticketLifetime };
  }

  /** Requests a token. Returns whether there is one. */
  async #fetchToken() {
    const source = this.#source;
    this.#pause = Math.min(this.#pause * 2 || minPause, maxPause);
    this.#nextRequestAt = Date.now() + this.#pause;
    this.#token = (typeof source === 'function' ? await source() : await requestToken(source)) || '';
    this.#tokenRequestedAt = Date.now();
    this.#signedOut = !this.#token;
    if (this.#token) this.#pause = 0;
    return !!this.#token;
  }
}

/** Requests a token from the page's own server; '' for an anonymous visitor. @param {string} address @returns {Promise<string>} */
async function requestToken(address) {
  // With this Accept header, servers respond with 401 instead of a redirect to their sign-in page.
  const response = await fetch(address, { method: 'POST', headers: { Accept: 'application/json' } });
  const { status } = response, isPage = /html/.test(response.headers.get('Content-Type') ?? '');
  if (status === 204 || status === 401 || status === 403 || (response.ok && isPage)) {
    warnOnce(`nobody is signed in: ${address} answered ${status}${isPage ? ' with a page' : ''}. If it needs a header (a CSRF token, Authorization), set the element's "token" property instead.`);
    return '';
  }
  if (!response.ok) throw new Error(`${address} gave no token but ${status}.`);
  const { token } = await response.json().catch(() => ({}));
  if (token === undefined) throw new Error(`the answer of ${address} has no "token".`);
  return token;
}
