// Who listens. The page's own address says so with a token; the hub gives tickets for it, one for each stream, for a token never stands in an address.

/** @typedef {{ ticket: string, recipient: string, until: number }} Ticket */

const ticketLasts = 20_000;
/** @type {Set<string>} */ const blamed = new Set();

/** Says, once for each hub, what it mostly is when a hub of another origin cannot be heard. @param {string} address */
export function blame(address) {
  const { origin } = new URL(address);
  if (origin === location.origin || blamed.has(origin)) return;
  blamed.add(origin);
  console.warn(`NotifyDashboard: ${origin} refused this page or cannot be reached. Is ${location.origin} in the hub's Access:AllowedOrigins?`);
}

/** @param {string} address @param {string | undefined} tokenUrl the page's, which answers a POST with `{"token": "…"}` */
export function access(address, tokenUrl) {
  /** @type {string | undefined} */ let token;
  /** @type {Ticket | null} the one that told the recipient, if this tab is the first */ let spare = null;

  /** @returns {Promise<Ticket>} */
  async function fetchTicket() {
    token = undefined; // the stream ends with its token: each begins with a new one
    return { ...await call('api/stream-tickets', {}), until: Date.now() + ticketLasts };
  }

  /** Asks the hub's API; with a body it is a POST, or what `method` says. @param {string} path @param {object} [body] @param {string} [method] @returns {Promise<any>} */
  async function call(path, body, method = 'POST') {
    /** @type {Record<string, string>} */ const headers = { 'Content-Type': 'application/json' };
    const known = token;
    if (tokenUrl) {
      if (!token) {
        const given = await fetch(tokenUrl, { method: 'POST' });
        if (!given.ok) throw new Error(`NotifyDashboard: ${tokenUrl} gave no token, but ${given.status}.`);
        token = (await given.json()).token;
      }
      headers.Authorization = `Bearer ${token}`;
    }
    const answer = await fetch(new URL(path, address), body ? { method, keepalive: true, headers, body: JSON.stringify(body) } : { headers }).catch(fault => {
      blame(address);
      throw fault;
    });
    if (answer.status === 401 && known) {
      token = undefined;
      return call(path, body, method);
    }
    if (!answer.ok) throw new Error(`NotifyDashboard: ${path} was answered with ${answer.status}.`);
    return answer.status === 204 ? null : answer.json();
  }

  return {
    call,

    /** Whom the hub takes this page for; '' is nobody, or whoever a cookie names. */
    async recipient() { return tokenUrl ? (spare = await fetchTicket()).recipient : ''; },

    /** For one stream; null where none is needed. */
    async ticket() {
      const kept = spare;
      spare = null;
      if (!tokenUrl) return null;
      return kept && Date.now() < kept.until ? kept : fetchTicket();
    },

    /** Another tab leads: whoever leads later asks who it is by then. */
    forget() { spare = null; },
  };
}
