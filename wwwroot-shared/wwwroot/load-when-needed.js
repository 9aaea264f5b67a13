/**
 * Imports a module when it is first needed. Some browsers cache a failed import until the page is reloaded, so a second attempt uses another URL.
 * @template T @param {() => Promise<T>} load @param {string} file beside this one @returns {Promise<T>}
 */
export const loadWhenNeeded = (load, file) => load().catch(() => {
  const retry = `./${file}?${Date.now()}`;
  return import(retry);
});
