// Who listens. The page's own address says so with a token; the hub gives tickets for it, one for each stream, for a token never stands in an address.

const ticketLasts = 20_000;
/** @type {Set<string>} */ const blamed = new Set();

/** Says, once for each hub, what it mostly is when a hub of another origin cannot be heard. @param {string} address */
export function blame(address) {
  const { origin } = new URL(address);
  if (origin === location.origin || blamed.has(origin)) return;
  blamed.add(origin);
  console.warn(`NotifyDashboard: ${origin} refused this page or cannot be reached. Is ${location.origin} in the hub's Access:AllowedOrigins?`);
}

export class Access {
  /** @type {string | undefined} */ #token;
  /** @type {{ ticket: string, recipient: string, until: number } | null} the one that told the recipient, if this tab is the first */ spare = null;
  #address; #tokenUrl;

  /** @param {string} address @param {string | undefined} tokenUrl the page's, which answers a POST with `{"token": "…"}` */
  constructor(address, tokenUrl) {
    this.#address = address;
    this.#tokenUrl = tokenUrl;
  }

  /** Whom the hub takes this page for; '' is nobody, or whoever a cookie names. */
  async recipient() {
    if (!this.#tokenUrl) return '';
    const ticket = await this.#fetchTicket();
    this.spare = ticket;
    return ticket.recipient;
  }

  /** For one stream; null where none is needed. */
  async ticket() {
    const spare = this.spare;
    this.spare = null;
    if (!this.#tokenUrl) return null;
    return spare && Date.now() < spare.until ? spare : this.#fetchTicket();
  }

  async #fetchTicket() {
    this.#token = undefined; // the stream ends with its token: each begins with a new one
    return { ...await this.call('api/stream-tickets', {}), until: Date.now() + ticketLasts };
  }

  /** Asks the hub's API; with a body it is a POST, or what `method` says. @param {string} path @param {object} [body] @param {string} [method] @returns {Promise<any>} */
  async call(path, body, method) {
    const known = this.#token;
    const answer = await this.#send(path, body, method);
    if (answer.status === 401 && known && this.#tokenUrl) {
      this.#token = undefined;
      return this.call(path, body, method);
    }
    if (!answer.ok) throw new Error(`NotifyDashboard: ${path} was answered with ${answer.status}.`);
    return answer.status === 204 ? null : answer.json();
  }

  /** @param {string} path @param {object} [body] @param {string} [method] */
  async #send(path, body, method = 'POST') {
    /** @type {Record<string, string>} */ const headers = { 'Content-Type': 'application/json' };
    if (this.#tokenUrl) {
      if (!this.#token) {
        const given = await fetch(this.#tokenUrl, { method: 'POST' });
        if (!given.ok) throw new Error(`NotifyDashboard: ${this.#tokenUrl} gave no token, but ${given.status}.`);
        this.#token = (await given.json()).token;
      }
      headers.Authorization = `Bearer ${this.#token}`;
    }
    try {
      return await fetch(new URL(path, this.#address), body ? { method, keepalive: true, headers, body: JSON.stringify(body) } : { headers });
    } catch (fault) {
      blame(this.#address);
      throw fault;
    }
  }
}
