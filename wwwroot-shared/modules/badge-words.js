// What a badge shows and says.

/** @param {number} count @param {number} max */
export const badgeText = (count, max) => (count > max ? `${max}+` : `${count}`);

/**
 * "3 unread messages", "1 unread message", "more than 99 unread messages"; nothing for 0.
 * @param {number} count @param {number} max @param {string} label in the plural @param {string} [one] the singular, where cutting an s is not it
 */
export const spokenCount = (count, max, label, one) => count
  ? count > max ? `more than ${max} ${label}` : `${count} ${count > 1 ? label : one || label.replace(/s$/, '')}`
  : '';

/** Lets one change through at most every five seconds, the latest: a screen reader reads every change of a live region to the end. @param {() => void} speak says what is so by then */
export const announcer = speak => {
  let last = 0, timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => { last = Date.now(); speak(); }, Math.max(0, last + 5_000 - Date.now()));
  };
};
