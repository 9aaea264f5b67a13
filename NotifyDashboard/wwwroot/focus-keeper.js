// When the element with the focus disappears, browsers give the focus to the body: the next Tab starts at the top of the page, and a screen reader
// loses its place. Here the focus moves on instead: to the first visible element that data-focus-next names by id (on the lost element or around
// it), else to the nearest control that stays, else to the page's main. An empty data-focus-next leaves the choice to the page.
const controls = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
const isVisible = element => element.isConnected && element.checkVisibility({ visibilityProperty: true });
const canTake = element => element.tabIndex >= 0 && !element.disabled && isVisible(element);

/** @type {HTMLElement | null} the control that had the focus last, in the page itself: from a dialog or a menu the focus returns to it */
let last = null;
/** @type {{box: Element, before: Node | null, after: Node | null, next: string | undefined} | null} where that was, once it is gone */
let gap = null;

export function keepFocus() {
  const main = document.querySelector('main[data-owner]');
  if (!main) return;
  main.addEventListener('focusin', event => { [last, gap] = [event.target.matches(controls) ? event.target : null, null]; });
  main.addEventListener('focusout', event => {
    // A click beside all controls takes the focus away on purpose. Without a round through the event loop it would look like a loss.
    if (!event.relatedTarget) setTimeout(() => { if (last === event.target && isVisible(last) && document.activeElement === document.body) last = null; });
  });
  new MutationObserver(changes => {
    if (!last) return;
    for (const change of changes) note(change);
    if (gap && isLost()) moveOn(main);
  }).observe(main, { subtree: true, childList: true, attributeFilter: ['hidden'] });
}

const isLost = () => document.activeElement === document.body || (document.activeElement === last && !isVisible(last));

function note({ target, removedNodes, previousSibling, nextSibling }) {
  const place = gap?.box ?? last;
  const open = (box, before, after, lost) => {
    const named = lost.closest?.('[data-focus-next]') ?? box.closest('[data-focus-next]');
    gap = { box, before, after, next: gap?.next ?? named?.dataset.focusNext };
  };
  if (target.hidden && target.contains(place)) open(target.parentElement, target.previousSibling, target.nextSibling, last);
  else if ([...removedNodes].some(node => node.contains(place))) open(target, previousSibling, nextSibling, last);
}

function moveOn(main) {
  const { next } = gap;
  if (next === '') return;
  // First itself: when a page becomes interactive, its fields are rendered again.
  const named = [last.id, ...next?.split(' ') ?? []].map(id => document.getElementById(id)).find(element => element && isVisible(element));
  const to = named ?? nearest(main) ?? main;
  // A list as a whole is where it was.
  to.focus({ preventScroll: to.tabIndex < 0 });
}

/** The control after the gap, else the one before it, in the innermost box that has one. */
function nearest(main) {
  for (let { box, before, after } = gap; main.contains(box); before = after = box, box = box.parentElement) {
    const all = [...box.querySelectorAll(controls)].filter(canTake);
    const follows = (node, side) => element => node?.isConnected && (node.contains(element) || node.compareDocumentPosition(element) & side);
    const found = all.find(follows(after, Node.DOCUMENT_POSITION_FOLLOWING)) ?? all.findLast(follows(before, Node.DOCUMENT_POSITION_PRECEDING)) ?? all[0];
    if (found) return found;
  }
  return null;
}
