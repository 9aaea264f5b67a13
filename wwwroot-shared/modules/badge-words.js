// What a badge shows and says.

/** @param {number} count @param {number} max */
export const badgeText = (count, max) => (count > max ? `${max}+` : `${count}`);

/** Lets one change through at most every five seconds, the latest: a screen reader reads every change of a live region to the end. @param {() => void} speak says what is so by then */
export const announcer = speak => {
  let last = 0, timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => { last = Date.now(); speak(); }, Math.max(0, last + 5_000 - Date.now()));
  };
};
