// Selects the transport of the circuit: a WebSocket, or long polling, which is slower, if a proxy blocks WebSockets. The choice is stored for the tab.
const key = 'nd-polling';
const webSockets = 1, longPolling = 4; // HttpTransportType of SignalR

/** @type {string | null} null: a WebSocket; else polling: 'told' (the notice is shown) or 'dismissed' */
let polling = null;
try { polling = sessionStorage.getItem(key); } catch { /* Storage is forbidden: the next page tries a WebSocket again. */ }

let refused = () => {}, opened = false;

class CircuitSocket extends WebSocket {
  constructor(...args) {
    super(...args);
    this.addEventListener('open', () => { opened = true; });
    this.addEventListener('error', () => { if (!opened) refused(); });
  }
}

/** Options of the circuit's connection. Skipping the negotiation saves a round trip. */
export const connection = polling === null
  ? { skipNegotiation: true, transport: webSockets, WebSocket: CircuitSocket }
  : { transport: longPolling };

/** @param {() => void} callback called when a WebSocket of the circuit fails before any has opened */
export function onRefused(callback) { refused = callback; }

// There is no timeout: a server that is slow to answer a WebSocket would not answer polls any faster.
function isRefused() {
  return new Promise(resolve => {
    const probe = new WebSocket(new URL('_blazor', document.baseURI).href.replace(/^http/, 'ws'));
    const end = outcome => { resolve(outcome); probe.close(); };
    probe.onopen = () => end(false);
    probe.onerror = () => end(true);
  });
}

/** Probes once more, because a single refusal may be accidental. @returns {Promise<boolean>} whether the next page must poll */
export async function checkWebSockets() {
  if (polling !== null || !await isRefused()) return false;
  try { sessionStorage.setItem(key, 'told'); } catch { return false; }
  return true;
}

/** On a page that polls: switches the next page back if WebSockets work again, else shows a notice that explains the slow page. */
async function checkPolling() {
  const notice = document.getElementById('polling-notice');
  if (polling === null || !notice) return;
  if (!await isRefused()) return sessionStorage.removeItem(key);
  notice.hidden = polling === 'dismissed';
  notice.querySelector('button')?.addEventListener('click', () => {
    notice.hidden = true;
    sessionStorage.setItem(key, 'dismissed');
  });
}

checkPolling();
