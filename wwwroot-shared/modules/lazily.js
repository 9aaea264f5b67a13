/**
 * Loads a part when it is needed. Some browsers keep a failure for as long as the page lives: what could not be loaded is asked for under another address.
 * @template T @param {() => Promise<T>} load @param {string} file @returns {Promise<T>}
 */
export const lazily = (load, file) => load().catch(() => {
  const again = `./${file}?${Date.now()}`;
  return import(again);
});
