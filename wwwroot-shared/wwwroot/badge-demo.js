// Script of the badge demo: a click clears a badge, and each change of a badge is logged.
const log = /** @type {HTMLElement} */ (document.getElementById('log'));
/** @type {HTMLElement} */ (document.getElementById('script')).textContent = new URL('notify-badge.js', import.meta.url).href;

for (const badge of document.querySelectorAll('header notify-badge'))
  badge.querySelector('button')?.addEventListener('click', () => badge.clear());

document.addEventListener('notify-badge-change', event => {
  const badge = event.target, line = document.createElement('p');
  const time = document.createElement('time');
  time.textContent = new Date().toLocaleTimeString('en-GB');
  line.append(time, ` ${badge.topics}: `, Object.assign(document.createElement('b'), { textContent: event.detail.count }));
  log.querySelector('.none')?.remove();
  log.prepend(line);
  if (log.childElementCount > 50) log.lastElementChild?.remove();
});
