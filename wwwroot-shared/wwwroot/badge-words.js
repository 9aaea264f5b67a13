// The text of a badge, and its announcements to screen readers.

const announceInterval = 5_000;

/** @param {number} count @param {number} max */
export const badgeText = (count, max) => (count > max ? `${max}+` : `${count}`);

/** Throttles announcements to one every five seconds: a screen reader reads every change of a live region to its end. @param {() => void} announce announces the latest value */
export const announcer = announce => {
  let last = 0, timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => { last = Date.now(); announce(); }, Math.max(0, last + announceInterval - Date.now()));
  };
};
