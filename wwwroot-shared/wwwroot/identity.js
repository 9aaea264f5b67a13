// The page's token says who its visitor is. A token never goes into an address: the hub trades it for tickets, one for each stream.
// Loaded where a page has tokens.
import { warnOnce } from './warn-once.js';

/**
 * @typedef {import('../types').TokenSource} TokenSource
 * @typedef {{ ticket: string, recipient: string, until: number }} Ticket
 */

/** The hub's 30 seconds, less a slow line. */
const ticketLifetime = 20_000;
/** While the hub is away each attempt needs a ticket, and need not ask the page's server for a token each time. */
const tokenReuse = 30_000;
const shortestPause = 5_000, longestPause = 60_000;

export class Identity {
  #source; #send; #token = ''; #tokenFrom = 0; #signedOut = false; #pause = 0; #askAgainAt = 0;
  /** @type {Ticket | null} the one that named the recipient, for this tab's first stream */ #spare = null;

  /** @param {TokenSource} source @param {import('./hub-api.js').Send} send */
  constructor(source, send) {
    this.#source = source;
    this.#send = send;
  }

  get isSignInDue() { return this.#signedOut && Date.now() >= this.#askAgainAt; }

  /** Asks the page's source for a token, and says whose it is; '' when nobody is signed in. */
  async recipient() {
    this.#spare = await this.#fetchTicket();
    return this.#spare?.recipient ?? '';
  }

  /** A ticket for one stream; null when nobody is signed in. */
  async ticket() {
    const spare = this.#spare;
    this.#spare = null;
    if (spare && Date.now() < spare.until) return spare;
    if (this.#signedOut && (document.hidden || !this.isSignInDue)) return null;
    return this.#fetchTicket();
  }

  forgetTicket() { this.#spare = null; }

  /** Sends with the token, and once more with a new one where the hub refuses it. @param {string} path @param {object} [body] @param {string} [method] @returns {Promise<Response>} */
  async send(path, body, method) {
    const known = this.#token;
    if (!known && !this.#signedOut) await this.#fetchToken();
    const response = await this.#send(path, body, method, this.#token);
    if (response.status !== 401 || !known) return response;
    // Unless another request has renewed it meanwhile.
    if (this.#token === known) this.#token = '';
    return this.send(path, body, method);
  }

  /** @returns {Promise<Ticket | null>} */
  async #fetchTicket() {
    // A stream ends with its token: each begins with a new one.
    if (Date.now() >= this.#tokenFrom + tokenReuse) this.#token = '';
    if (!this.#token && !await this.#fetchToken()) return null;
    const response = await this.send('api/stream-tickets', {});
    if (this.#signedOut) return null;
    if (!response.ok) throw new Error(`the hub refused a ticket with ${response.status}.`);
    this.#tokenFrom = 0;
    return { ...await response.json(), until: Date.now() + ticketLifetime };
  }

  /** Whether there is a token now. */
  async #fetchToken() {
    const source = this.#source;
    this.#pause = Math.min(this.#pause * 2 || shortestPause, longestPause);
    this.#askAgainAt = Date.now() + this.#pause;
    this.#token = (typeof source === 'function' ? await source() : await askForToken(source)) || '';
    this.#tokenFrom = Date.now();
    this.#signedOut = !this.#token;
    if (this.#token) this.#pause = 0;
    return !!this.#token;
  }
}

/** Asks the page's own server; '' when nobody is signed in there. @param {string} address @returns {Promise<string>} */
async function askForToken(address) {
  // So that a server answers 401 rather than lead a script to its sign-in page.
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
