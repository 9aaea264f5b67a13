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

/** Lets the latest count through at most every five seconds: a screen reader reads every change of a live region to the end. */
export class Announcer {
  #speak; #last = -Infinity;
  /** @type {number | undefined} */ #timer;

  /** @param {(count: number) => void} speak */
  constructor(speak) { this.#speak = speak; }

  /** @param {number} count */
  say(count) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#last = Date.now(); this.#speak(count); }, Math.max(0, this.#last + 5_000 - Date.now()));
  }

  stop() { clearTimeout(this.#timer); }
}
