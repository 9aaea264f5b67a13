// A date and a time on the reader's clock; only the browser knows its zone.

/**
 * Puts a moment into the field, unless somebody was faster, and the focus.
 * @param {HTMLInputElement} field @param {string | null} at in ISO 8601; null: the next full hour
 * @returns {string} the zone's name
 */
export function fill(field, at) {
  if (field.value === '' && !field.validity.badInput) {
    const moment = at === null ? new Date() : new Date(at);
    if (at === null) moment.setHours(moment.getHours() + 1, 0, 0, 0);
    field.value = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    field.focus();
  }
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** @param {HTMLInputElement} field @returns {string | null} the moment in UTC, in ISO 8601 */
export function read(field) {
  const moment = new Date(field.value);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
