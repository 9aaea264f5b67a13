// What carries the circuit: a WebSocket, or, where a proxy lets none through, polling, which is slower. Remembered for the tab.
const key = 'nd-polling';
const webSockets = 1, longPolling = 4; // HttpTransportType of SignalR

/** @type {string | null} null: a WebSocket; else 'told' or 'dismissed' */
let polling = null;
try { polling = sessionStorage.getItem(key); } catch { /* Storage is forbidden: the next page tries a WebSocket again. */ }

let refused = () => {}, opened = false;

class CircuitSocket extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('open', () => { opened = true; });
    this.addEventListener('error', () => { if (!opened) refused(); });
  }
}

/** Options of the circuit's connection. Without a negotiation a WebSocket is there a round trip earlier. */
export const connection = polling === null
  ? { skipNegotiation: true, transport: webSockets, WebSocket: CircuitSocket }
  : { transport: longPolling };

/** @param {() => void} then called when the first WebSocket is refused */
export function onRefused(then) { refused = then; }

// Only a refusal counts: a server that is slow to answer would not answer polls any faster.
function isRefused() {
  return new Promise(done => {
    const probe = new WebSocket(new URL('_blazor', document.baseURI).href.replace(/^http/, 'ws'));
    const end = outcome => { done(outcome); probe.close(); };
    probe.onopen = () => end(false);
    probe.onerror = () => end(true);
  });
}

/** @returns {Promise<boolean>} whether the next page is to poll: one refusal alone may be chance */
export async function checkWebSockets() {
  if (polling !== null || !await isRefused()) return false;
  try { sessionStorage.setItem(key, 'told'); } catch { return false; }
  return true;
}

/** A page that polls looks whether it still has to; if so, it shows why it is slow. */
async function tell() {
  const notice = document.getElementById('polling-notice');
  if (polling === null || !notice) return;
  if (!await isRefused()) return sessionStorage.removeItem(key);
  notice.hidden = polling === 'dismissed';
  notice.querySelector('button')?.addEventListener('click', () => {
    notice.hidden = true;
    sessionStorage.setItem(key, 'dismissed');
  });
}

tell();
