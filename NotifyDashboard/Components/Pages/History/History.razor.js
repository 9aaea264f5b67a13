// Browser functions of the history page: the scroll position and the focus.

/** @returns {{dispose(): void}} */
export function watch(page) {
  const watches = [watchTop(page), closeByEscape()];
  return { dispose: () => watches.forEach(each => each.dispose()) };
}

/** Calls SetAtTop with whether the page is scrolled to its top: at once, and at every change. */
function watchTop(page) {
  let wasAtTop = null;
  const update = () => {
    const isAtTop = scrollY < 8;
    if (isAtTop !== wasAtTop) page.invokeMethodAsync('SetAtTop', wasAtTop = isAtTop).catch(() => {});
  };
  addEventListener('scroll', update, { passive: true });
  update();
  return { dispose: () => removeEventListener('scroll', update) };
}

/** Escape closes the drawer wherever the focus is, unless a dialog, popover or menu is open above it. */
function closeByEscape() {
  const close = event => {
    if (event.key !== 'Escape' || document.querySelector('.mud-dialog, .mud-popover-open, details[data-menu][open]')) return;
    document.querySelector('[data-close-drawer]')?.click();
  };
  document.addEventListener('keydown', close);
  return { dispose: () => document.removeEventListener('keydown', close) };
}

export const toTop = () => scrollTo({ top: 0 });

export const focusDrawer = () => document.querySelector('.drawer')?.focus();

/** @param {string} id of the notification whose row gets the focus */
export const focusRow = id => document.querySelector(`[data-row="${CSS.escape(id)}"]`)?.focus();
