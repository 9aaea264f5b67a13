// Starts Blazor, and brings the page back after the server has gone away.
//
// Blazor's own retries are not used: the first ones come without delay and open a new circuit on a process that is shutting down, which
// holds it, and the page with it. Instead the page asks for the boot id until the server answers: the same id means reconnect, another one reload.
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

const pause = n => new Promise(done => {
  const timer = setTimeout(done, pauses[Math.min(n, pauses.length - 1)] * (0.8 + 0.4 * Math.random()));
  wake = () => { clearTimeout(timer); done(); };
});
const within = (promise, ms) => Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error('timeout')), ms))]);
const isReady = () => document.querySelector('[data-circuit=live]') !== null;

/** The id of the running server process, or null when none can be reached. */
async function serverId() {
  try {
    const answer = await fetch('healthz/live', { cache: 'no-store', signal: AbortSignal.timeout(2_000) });
    return answer.ok ? (await answer.text()).trim() : null;
  } catch { return null; }
}

function reload() { markForRestore(); keepOpenInbox(); location.reload(); }

/** @param {boolean} hadCircuit whether there is one to come back to */
async function recover(hadCircuit) {
  if (down) return;
  down = true;
  markForRestore();
  const shown = setTimeout(() => showConnection('down'), noticeAfter);
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
  clearTimeout(shown);
  showConnection('live');
  forgetRestore();
  down = false;
}

/** Catches what no callback reports: a page bound to a process that is no longer the one answering. */
async function check() {
  if (down) return wake();
  const id = await serverId();
  if (id !== null && id !== boot && !down) { down = true; reload(); }
}

/** Loads the page again without a WebSocket where the server answers, but not to a WebSocket. */
async function fallBack() {
  if (await serverId() === boot && await checkWebSockets()) reload();
}

/** The circuit has rendered: from here on events reach the server. */
function ready() {
  showConnection('live');
  restoreDrafts();
  reopenInbox();
}

watchMenus();

// Pages without a circuit (signing in) wait for nothing and check nothing.
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
  const seen = new MutationObserver(() => { if (isReady()) { seen.disconnect(); ready(); } });
  seen.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-circuit'] });
  onRefused(fallBack);
  // The server may go between the HTML and the socket.
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
