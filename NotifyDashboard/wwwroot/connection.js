// The top bar's word for the circuit, and the notice while it is gone. Both stand outside of what Blazor renders again.
const offlineAfter = 10_000;
/** @type {Date | null} */ let lost = null;
let timer = 0;

/** @param {'live' | 'down'} state */
export function showConnection(state) {
  clearTimeout(timer);
  lost = state === 'live' ? null : lost ?? new Date();
  document.documentElement.dataset.line = state;
  const notice = document.getElementById('connection-notice');
  if (notice) notice.hidden = lost === null;
  if (!lost) return say('live', 'Live');
  say('reconnecting', 'Reconnecting…');
  const since = lost.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  timer = setTimeout(() => say('offline', `Offline since ${since}`), offlineAfter);
}

function say(state, words) {
  for (const sign of document.querySelectorAll('[data-connection]')) {
    sign.dataset.connection = state;
    sign.querySelector('[data-words]').textContent = words;
  }
}
