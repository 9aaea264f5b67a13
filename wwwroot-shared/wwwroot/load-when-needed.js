/**
 * Imports a module when it is first needed. Some browsers remember a failed import for the life of the page, so a second attempt uses another address.
 * @template T @param {() => Promise<T>} load @param {string} file beside this one @returns {Promise<T>}
 */
export const loadWhenNeeded = (load, file) => load().catch(() => {
  const retry = `./${file}?${Date.now()}`;
  return import(retry);
});
