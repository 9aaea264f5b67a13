// Shows the state of the circuit in the top bar, and a notice while it is lost. Both are outside the markup that Blazor updates.
const offlineAfter = 10_000;
/** @type {Date | null} when the connection was lost */ let lostAt = null;
let timer = 0;

/** @param {'live' | 'down'} state */
export function showConnection(state) {
  clearTimeout(timer);
  lostAt = state === 'live' ? null : lostAt ?? new Date();
  document.documentElement.dataset.line = state;
  const notice = document.getElementById('connection-notice');
  if (notice) notice.hidden = lostAt === null;
  if (!lostAt) return update('live', 'Live');
  update('reconnecting', 'Reconnecting…');
  const since = lostAt.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  timer = setTimeout(() => update('offline', `Offline since ${since}`), offlineAfter);
}

function update(state, text) {
  for (const indicator of document.querySelectorAll('[data-connection]')) {
    indicator.dataset.connection = state;
    indicator.querySelector('[data-words]').textContent = text;
  }
}
