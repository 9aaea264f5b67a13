// What the history needs of the browser: whether the page is at its top, the address, the cookie of the columns, and the focus.

/** @returns {{dispose(): void}} */
export function watch(page) {
  const watches = [watchTop(page), closeByEscape()];
  return { dispose: () => watches.forEach(each => each.dispose()) };
}

/** Calls SetAtTop at once, and whenever it changes, with whether the page is scrolled to its top. */
function watchTop(page) {
  let top = null;
  const look = () => {
    const now = scrollY < 8;
    if (now !== top) page.invokeMethodAsync('SetAtTop', top = now).catch(() => {});
  };
  addEventListener('scroll', look, { passive: true });
  look();
  return { dispose: () => removeEventListener('scroll', look) };
}

/** Escape closes the drawer wherever the focus is, unless something is open above it. */
function closeByEscape() {
  const close = event => {
    if (event.key !== 'Escape' || document.querySelector('.mud-dialog, .mud-popover-open, details[data-menu][open]')) return;
    document.querySelector('[data-close-drawer]')?.click();
  };
  document.addEventListener('keydown', close);
  return { dispose: () => document.removeEventListener('keydown', close) };
}

/** Shows the filters in the address, so that it can be kept and sent; no page is loaded for it. */
export const setUrl = url => history.replaceState(history.state, '', new URL(url, document.baseURI));

/** For a year, and for this hub's pages alone where several share a host. */
export const setCookie = (name, value) => {
  document.cookie = `${name}=${value}; path=${new URL(document.baseURI).pathname}; max-age=31536000; samesite=lax`;
};

export const toTop = () => scrollTo({ top: 0 });

export const focusDrawer = () => document.querySelector('.drawer')?.focus();

/** @param {string} id of the notification whose row gets the focus */
export const focusRow = id => document.querySelector(`[data-row="${CSS.escape(id)}"]`)?.focus();
