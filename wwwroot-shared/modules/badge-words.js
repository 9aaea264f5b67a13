// What a badge shows and says.

/** @param {number} count @param {number} max */
export const badgeText = (count, max) => (count > max ? `${max}+` : `${count}`);

/**
 * "3 unread messages", "1 unread message", "more than 99 unread messages"; nothing for 0.
 * @param {number} count @param {number} max @param {string} label in the plural @param {string | null} [one] the singular, where cutting an s is not it
 */
export function spokenCount(count, max, label, one) {
  if (count === 0) return '';
  if (count > max) return `more than ${max} ${label}`;
  return `${count} ${count === 1 ? one || label.replace(/s$/, '') : label}`;
}

/** Lets the latest count through at most every five seconds: a screen reader reads every change of a live region to the end. @param {(count: number) => void} speak */
export function announcer(speak) {
  let last = -Infinity;
  /** @type {number | undefined} */ let timer;
  return {
    /** @param {number} count */
    say(count) {
      clearTimeout(timer);
      timer = setTimeout(() => { last = Date.now(); speak(count); }, Math.max(0, last + 5_000 - Date.now()));
    },
    stop() { clearTimeout(timer); },
  };
}
