// How the hub is asked, and as whom.
import { lazily } from './lazily.js';
import { once } from './once.js';

/**
 * @typedef {import('./identity.js').Identity} Identity
 * @typedef {(path: string, body?: object, method?: string, token?: string) => Promise<Response>} Send
 */

/** A query for these. @param {Iterable<string>} topics */
export const query = topics => new URLSearchParams([...topics].map(topic => ['topic', topic]));

/** Says what it mostly is when a hub of another origin cannot be heard. @param {string} address */
export const blame = address => {
  const { origin } = new URL(address);
  if (origin !== location.origin) once(`${origin} refused this page or is away. Is ${location.origin} in its Access:AllowedOrigins?`);
};

/** @param {string} address @param {string} tokenUrl the page's, which answers a POST with `{"token": "…"}`; '': none */
export const access = (address, tokenUrl) => {
  /** @type {Identity | undefined} */ let me;
  // Loaded where there is a token to be had; an anonymous page needs none of it.
  const identity = async () => (tokenUrl ? me ??= (await lazily(() => import('./identity.js'), 'identity.js')).identity(tokenUrl, send) : null);

  /** With a body it is a POST, or what `method` says. @type {Send} */
  const send = (path, body, method = 'POST', token) => fetch(new URL(path, address), {
    method: body && method, keepalive: true, body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...token && { Authorization: `Bearer ${token}` } },
  }).catch(fault => {
    blame(address);
    throw fault;
  });

  return {
    /** Asks the hub's API. @param {string} path @param {object} [body] @param {string} [method] @returns {Promise<any>} */
    async call(path, body, method) {
      const answer = await ((await identity())?.send ?? send)(path, body, method);
      if (!answer.ok) throw new Error(`NotifyDashboard: ${answer.status} from ${path}`);
      return answer.status === 204 ? null : answer.json();
    },

    /** Whom the hub takes this page for; '' is nobody, or whoever a cookie names. */
    async recipient() { return (await (await identity())?.recipient()) ?? ''; },

    /** For one stream; nothing where none is needed. */
    async ticket() { return (await identity())?.ticket(); },

    /** Another tab leads: whoever leads later asks who it is by then. */
    forget() { me?.forget(); },
  };
};
