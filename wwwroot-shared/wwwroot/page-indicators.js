// Shows counts outside the badge: before the page's title, as a dot on its icon, and on the icon of an installed app. Loaded by the first badge that uses one of them.
import { IconDot } from './icon-dot.js';
import { TitleCount } from './title-count.js';

/** @type {Map<object, { count: number, places: string[] }>} by badge */ const badges = new Map();
const title = new TitleCount(), icon = new IconDot();
/** Whether this module has set the app badge, and may clear it: the page may set its own. */
let hasAppBadge = false;

/** @param {object} badge @param {number} count @param {string[]} places any of `title`, `icon`, `app` */
export function indicate(badge, count, places) {
  badges.set(badge, { count, places });
  update();
}

/** @param {object} badge */
export function removeIndicators(badge) {
  badges.delete(badge);
  update();
}

function update() {
  title.set(highest('title'));
  icon.set(highest('icon') > 0);
  setAppBadge(highest('app'));
}

/** The highest count, not the sum, because several badges may count the same notifications. @param {string} place */
function highest(place) { return Math.max(0, ...[...badges.values()].filter(b => b.places.includes(place)).map(b => b.count)); }

/** @param {number} count */
function setAppBadge(count) {
  if (!('setAppBadge' in navigator) || (!count && !hasAppBadge)) return;
  hasAppBadge = count > 0;
  (count ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => {}); // not installed, or not allowed
}
