// Who listens. The page's own address says so with a token; the hub gives tickets for it, one for each stream, for a token never stands in an address.
// Loaded where a page names such an address.

/**
 * @typedef {{ ticket: string, recipient: string, until: number }} Ticket
 * @typedef {ReturnType<typeof identity>} Identity
 */

const ticketLasts = 20_000;

/** @param {string} tokenUrl @param {import('./access.js').Send} ask */
export function identity(tokenUrl, ask) {
  /** @type {string | undefined} */ let token;
  /** @type {Ticket | undefined} the one that told the recipient, if this tab is the first */ let spare;

  /** @param {string} path @param {object} [body] @param {string} [method] @returns {Promise<Response>} */
  async function send(path, body, method) {
    const known = token;
    if (!token) {
      const given = await fetch(tokenUrl, { method: 'POST' });
      if (!given.ok) throw new Error(`NotifyDashboard: ${tokenUrl} gave no token, but ${given.status}.`);
      token = /** @type {string} */ ((await given.json()).token);
    }
    const answer = await ask(path, body, method, token);
    if (answer.status !== 401 || !known) return answer;
    token = undefined;
    return send(path, body, method);
  }

  /** @returns {Promise<Ticket>} */
  async function fetchTicket() {
    token = undefined; // the stream ends with its token: each begins with a new one
    const answer = await send('api/stream-tickets', {});
    if (!answer.ok) throw new Error(`NotifyDashboard: the hub gave no ticket, but ${answer.status}.`);
    return { ...await answer.json(), until: Date.now() + ticketLasts };
  }

  return {
    send,
    async recipient() { return (spare = await fetchTicket()).recipient; },
    async ticket() {
      const kept = spare;
      spare = undefined;
      return kept && Date.now() < kept.until ? kept : fetchTicket();
    },
    forget() { spare = undefined; },
  };
}
