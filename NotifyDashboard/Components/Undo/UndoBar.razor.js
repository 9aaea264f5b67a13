// The time in which what was just fired can be undone. It stands still under the pointer and the focus, and goes with this
// tab from page to page. Nothing ends on the server when it is out: only the bar goes.
const place = `undo:${document.querySelector('main')?.dataset.owner ?? ''}`, every = 100, read = 4_000, stale = 60_000;
const canHover = matchMedia('(hover: hover)');
let end = () => {};

const isField = element => element?.closest('input, textarea, select, [contenteditable]') != null;

/** @returns {{id: string, words: string, left: number} | null} what another page of this tab has offered and had time left */
export function kept() {
  const { at, ...offer } = JSON.parse(sessionStorage.getItem(place) ?? '{}');
  return offer.id && Date.now() - at < stale ? offer : null;
}

/**
 * @param {HTMLElement} bar @param page hears "EndAsync" with the id when the time is out
 * @param {{id: string, words: string, left: number | null}} offer @param {boolean} taken it is retracted: only said for a while
 */
export function run(bar, page, { id, words, left }, taken) {
  stop();
  const whole = taken ? read : parseFloat(getComputedStyle(bar).getPropertyValue('--nd-time-undo')) * 1000;
  const line = bar.querySelector('[data-line]') ?? bar;
  // Where motion is not wanted the line is not shown, and is a clock all the same.
  const clock = line.animate(line === bar ? [] : [{ transform: 'scaleX(1)' }, { transform: 'scaleX(0)' }], { duration: whole, fill: 'forwards' });
  clock.currentTime = whole - (left ?? whole);
  const rest = () => Math.max(0, whole - clock.currentTime);
  const keep = () => sessionStorage.setItem(place, JSON.stringify({ id, words, left: rest(), at: Date.now() }));
  const isHeld = () => !taken && (bar.contains(document.activeElement) || (canHover.matches && bar.matches(':hover')));
  let ending = false;
  const look = () => {
    if (rest() === 0 && !ending) {
      ending = true;
      if (bar.contains(document.activeElement)) document.getElementById('main').focus({ preventScroll: true });
      sessionStorage.removeItem(place);
      // While the line is down nobody hears it: then later.
      page.invokeMethodAsync('EndAsync', id).catch(() => { ending = false; });
    } else if (isHeld()) clock.pause();
    else if (clock.playState === 'paused') clock.play();
    const figure = bar.querySelector('[data-left]');
    if (figure) figure.textContent = `· ${Math.ceil(rest() / 1000)} s`;
  };
  const undo = event => {
    if (event.key?.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || isField(event.target)) return;
    event.preventDefault();
    bar.querySelector('button')?.click();
  };
  const timer = setInterval(look, every);
  if (taken) sessionStorage.removeItem(place);
  else {
    keep();
    addEventListener('pagehide', keep);
    document.addEventListener('keydown', undo);
  }
  end = () => {
    clearInterval(timer);
    clock.cancel();
    removeEventListener('pagehide', keep);
    document.removeEventListener('keydown', undo);
  };
  look();
}

export function stop() {
  end();
  end = () => {};
}
