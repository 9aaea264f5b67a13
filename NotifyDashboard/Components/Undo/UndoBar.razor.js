// The countdown in which a published notification can be undone. It pauses while the bar is hovered or focused, and continues on the next page of
// this tab. Its end only hides the bar; nothing happens on the server. Durations are in ms.
const storageKey = `undo:${document.querySelector('main')?.dataset.owner ?? ''}`, interval = 100, messageDuration = 4_000, maxOfferAge = 60_000;
const canHover = matchMedia('(hover: hover)');
let end = () => {};

const isField = element => element?.closest('input, textarea, select, [contenteditable]') != null;

/** @returns {{id: string, words: string, left: number} | null} the offer of the previous page of this tab, if it has not ended; `left` in ms */
export function kept() {
  const { at, ...offer } = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}');
  return offer.id && Date.now() - at < maxOfferAge ? offer : null;
}

/**
 * @param {HTMLElement} bar @param page gets "EndAsync" with the id when the time is over
 * @param {{id: string, words: string, left: number | null}} offer `left` in ms; null: the whole duration
 * @param {boolean} isRetracted the notification is retracted: the bar only shows a message for a while
 */
export function run(bar, page, { id, words, left }, isRetracted) {
  stop();
  const duration = isRetracted ? messageDuration : parseFloat(getComputedStyle(bar).getPropertyValue('--nd-time-undo')) * 1000;
  const line = bar.querySelector('[data-line]') ?? bar;
  // The animation is also the clock, even if the line is hidden because of prefers-reduced-motion.
  const clock = line.animate(line === bar ? [] : [{ transform: 'scaleX(1)' }, { transform: 'scaleX(0)' }], { duration, fill: 'forwards' });
  clock.currentTime = duration - (left ?? duration);
  const timeLeft = () => Math.max(0, duration - clock.currentTime);
  const save = () => sessionStorage.setItem(storageKey, JSON.stringify({ id, words, left: timeLeft(), at: Date.now() }));
  const isPaused = () => !isRetracted && (bar.contains(document.activeElement) || (canHover.matches && bar.matches(':hover')));
  let ending = false;
  const update = () => {
    if (timeLeft() === 0 && !ending) {
      ending = true;
      if (bar.contains(document.activeElement)) document.getElementById('main').focus({ preventScroll: true });
      sessionStorage.removeItem(storageKey);
      // Fails while the circuit is down; the next tick tries again.
      page.invokeMethodAsync('EndAsync', id).catch(() => { ending = false; });
    } else if (isPaused()) clock.pause();
    else if (clock.playState === 'paused') clock.play();
    const counter = bar.querySelector('[data-left]');
    if (counter) counter.textContent = `· ${Math.ceil(timeLeft() / 1000)} s`;
  };
  const undo = event => {
    if (event.key?.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || isField(event.target)) return;
    event.preventDefault();
    bar.querySelector('button')?.click();
  };
  const timer = setInterval(update, interval);
  if (isRetracted) sessionStorage.removeItem(storageKey);
  else {
    save();
    addEventListener('pagehide', save);
    document.addEventListener('keydown', undo);
  }
  end = () => {
    clearInterval(timer);
    clock.cancel();
    removeEventListener('pagehide', save);
    document.removeEventListener('keydown', undo);
  };
  update();
}

export function stop() {
  end();
  end = () => {};
}
