// A date and a time on the reader's clock; only the browser knows its zone.

/** @param {string} id @param {string} at a moment in ISO 8601 */
export function fill(id, at) {
  const moment = new Date(at);
  /** @type {HTMLInputElement} */ (document.getElementById(id)).value = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** @param {string} id @returns {string | null} the moment in UTC, in ISO 8601 */
export function read(id) {
  const moment = new Date(/** @type {HTMLInputElement} */ (document.getElementById(id)).value);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
