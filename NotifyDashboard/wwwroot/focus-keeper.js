// When the focused element disappears, browsers move the focus to the body: the next Tab starts at the top of the page, and a screen reader loses
// its position. This module moves the focus to an element with the same id, else to the first visible element whose id is in data-focus-next (on the
// lost element or an ancestor), else to the nearest remaining control, else to <main>. With an empty data-focus-next, the page sets the focus itself.
const controls = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
const isVisible = element => element.isConnected && element.checkVisibility({ visibilityProperty: true });
const canTake = element => element.tabIndex >= 0 && !element.disabled && isVisible(element);

/** @type {HTMLElement | null} the control in <main> that had the focus last; a dialog or a menu returns the focus to it */
let last = null;
/** @type {{parent: Element, before: Node | null, after: Node | null, next: string | undefined} | null} the place of `last`, once it is gone */
let gap = null;

export function keepFocus() {
  const main = document.querySelector('main[data-owner]');
  if (!main) return;
  main.addEventListener('focusin', event => { [last, gap] = [event.target.matches(controls) ? event.target : null, null]; });
  main.addEventListener('focusout', event => {
    // A click outside of all controls removes the focus on purpose. The check runs in a later task, because only then it is clear whether the control still exists.
    if (!event.relatedTarget) setTimeout(() => { if (last === event.target && isVisible(last) && document.activeElement === document.body) last = null; });
  });
  new MutationObserver(changes => {
    if (!last) return;
    for (const change of changes) findGap(change);
    if (gap && isLost()) moveOn(main);
  }).observe(main, { subtree: true, childList: true, attributeFilter: ['hidden'] });
}

const isLost = () => document.activeElement === document.body || (document.activeElement === last && !isVisible(last));

/** Sets `gap` if a mutation has hidden or removed `last`, or the parent of the previous gap. */
function findGap({ target, removedNodes, previousSibling, nextSibling }) {
  const place = gap?.parent ?? last;
  const setGap = (parent, before, after) => {
    const named = last.closest?.('[data-focus-next]') ?? parent.closest('[data-focus-next]');
    gap = { parent, before, after, next: gap?.next ?? named?.dataset.focusNext };
  };
  if (target.hidden && target.contains(place)) setGap(target.parentElement, target.previousSibling, target.nextSibling);
  else if ([...removedNodes].some(node => node.contains(place))) setGap(target, previousSibling, nextSibling);
}

function moveOn(main) {
  const { next } = gap;
  if (next === '') return;
  // An element with the same id first: when the circuit starts, Blazor replaces the prerendered fields.
  const named = [last.id, ...next?.split(' ') ?? []].map(id => document.getElementById(id)).find(element => element && isVisible(element));
  const to = named ?? nearest(main) ?? main;
  // Scrolls only to a tab stop; focusing a container, such as a list, must not scroll.
  to.focus({ preventScroll: to.tabIndex < 0 });
}

/** The first control after the gap, else the last one before it, in the innermost ancestor that contains a control. */
function nearest(main) {
  for (let { parent, before, after } = gap; main.contains(parent); before = after = parent, parent = parent.parentElement) {
    const all = [...parent.querySelectorAll(controls)].filter(canTake);
    const follows = (node, side) => element => node?.isConnected && (node.contains(element) || node.compareDocumentPosition(element) & side);
    const found = all.find(follows(after, Node.DOCUMENT_POSITION_FOLLOWING)) ?? all.findLast(follows(before, Node.DOCUMENT_POSITION_PRECEDING)) ?? all[0];
    if (found) return found;
  }
  return null;
}
