// What the history needs of the browser: whether one is at the top of the list, the address, and the focus.

/** Says at once, and whenever it changes, whether the page is scrolled to its top. @returns {{dispose(): void}} */
export function watchTop(page) {
  let top = null;
  const look = () => {
    const now = scrollY < 8;
    if (now !== top) page.invokeMethodAsync('SetAtTop', top = now).catch(() => {});
  };
  addEventListener('scroll', look, { passive: true });
  look();
  return { dispose: () => removeEventListener('scroll', look) };
}

/** The address says what is shown, so that it can be kept and sent; no page is loaded for it. */
export const setUrl = url => history.replaceState(history.state, '', new URL(url, document.baseURI));

export const toTop = () => scrollTo({ top: 0 });

export const focusDrawer = () => document.querySelector('.drawer')?.focus();

/** @param {string} id of the notification whose row gets the focus back */
export const focusRow = id => document.querySelector(`[data-row="${CSS.escape(id)}"]`)?.focus();
