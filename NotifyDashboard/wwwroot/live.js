// Starts Blazor, and reconnects or reloads the page after the connection is lost.
//
// Blazor's own retries are not used: the first ones have no delay, and open a new circuit on a process that is stopping, which delays its stop.
// Instead, the page requests the boot id until a server answers. The same id means reconnect, another id means reload.
import { keepDrafts, markForRestore, forgetRestore, restoreDrafts } from './drafts.js';
import { keepOpenInbox, reopenInbox } from './open-inbox.js';
import { showConnection } from './connection.js';
import { watchMenus } from './menus.js';
import { refuseLongPastes } from './long-paste.js';
import { pressByKeys } from './key-shortcuts.js';
import { keepFocus } from './focus-keeper.js';
import { splitWords } from './word-fields.js';
import { connection, checkWebSockets, onRefused } from './transport.js';
import './local-time.js';

const boot = document.querySelector('meta[name="boot-id"]')?.content ?? '';
const pauses = [150, 300, 600, 1000, 1500, 2000];
const noticeAfter = 400, reconnectWithin = 10_000, startWithin = 6_000, checkEvery = 20_000;
let down = false, wake = () => {};

const pause = n => new Promise(resolve => {
  const timer = setTimeout(resolve, pauses[Math.min(n, pauses.length - 1)] * (0.8 + 0.4 * Math.random()));
  wake = () => { clearTimeout(timer); resolve(); };
});
const within = (promise, ms) => Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error('timeout')), ms))]);
const isReady = () => document.querySelector('[data-circuit=live]') !== null;

/** The id of the running server process, or null when none can be reached. */
async function serverId() {
  try {
    const response = await fetch('healthz/live', { cache: 'no-store', signal: AbortSignal.timeout(2_000) });
    return response.ok ? (await response.text()).trim() : null;
  } catch { return null; }
}

function reload() { markForRestore(); keepOpenInbox(); location.reload(); }

/** @param {boolean} hadCircuit whether there was a circuit, to which the page can reconnect */
async function recover(hadCircuit) {
  if (down) return;
  down = true;
  markForRestore();
  const noticeTimer = setTimeout(() => showConnection('down'), noticeAfter);
  for (let n = 0, refused = 0; ; n++) {
    await pause(n);
    const id = await serverId();
    if (id === null) continue;
    if (id !== boot || !hadCircuit) return reload();
    try {
      if (!await within(Blazor.reconnect(), reconnectWithin)) return reload();
      break;
    } catch (error) { if (error.message === 'timeout' || ++refused > 10) return reload(); }
  }
  clearTimeout(noticeTimer);
  showConnection('live');
  forgetRestore();
  down = false;
}

/** Detects a restarted server, which no callback reports. While the connection is down, makes recover() try again at once. */
async function check() {
  if (down) return wake();
  const id = await serverId();
  if (id !== null && id !== boot && !down) { down = true; reload(); }
}

/** Reloads the page with polling if the server answers HTTP requests but refuses WebSockets. */
async function fallBack() {
  if (await serverId() === boot && await checkWebSockets()) reload();
}

/** Called once the circuit has rendered: from now on, events reach the server. */
function ready() {
  showConnection('live');
  restoreDrafts();
  reopenInbox();
}

watchMenus();

// Pages without a circuit, such as the sign-in page, need none of this.
if (document.querySelector('[data-circuit]')) {
  keepDrafts();
  refuseLongPastes();
  pressByKeys();
  keepFocus();
  splitWords();
  addEventListener('online', check);
  addEventListener('pageshow', event => event.persisted && check());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && check());
  setInterval(check, checkEvery);
  const observer = new MutationObserver(() => { if (isReady()) { observer.disconnect(); ready(); } });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-circuit'] });
  onRefused(fallBack);
  // The server may stop after it has sent the page and before the circuit starts.
  setTimeout(() => { if (!isReady()) recover(false); }, startWithin);
  document.querySelector('#blazor-error-ui [data-reload]')?.addEventListener('click', reload);
}

await Blazor.start({
  circuit: {
    configureSignalR: builder => builder.withUrl('_blazor', connection)
      .withServerTimeout(15_000).withKeepAliveInterval(5_000),
    reconnectionHandler: { onConnectionDown: () => recover(true), onConnectionUp() {} },
  },
});
