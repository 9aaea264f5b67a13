// What a badge shows and announces.

const announceInterval = 5_000;

/** @param {number} count @param {number} max */
export const badgeText = (count, max) => (count > max ? `${max}+` : `${count}`);

/** Lets at most one change through every five seconds, the latest: a screen reader reads every change of a live region to its end. @param {() => void} announce called when it is time */
export const announcer = announce => {
  let last = 0, timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => { last = Date.now(); announce(); }, Math.max(0, last + announceInterval - Date.now()));
  };
};
