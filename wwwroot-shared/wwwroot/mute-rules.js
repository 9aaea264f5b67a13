// Whether a notification is listed but not counted. The server has the same rules (Inbox/MuteRules.cs); mute-cases.json tests both.

/**
 * @typedef {import('../types').QuietHours} QuietHours
 * @typedef {import('../types').Preferences} Preferences
 */

/** @type {Map<string, Intl.DateTimeFormat | null>} */
const clocks = new Map();

/**
 * @param {Preferences} preferences as in `hub.hello`
 * @param {string[]} inbox the topics of the inbox, as in the counts
 * @param {{ type: string, topics: string[], severity?: string | null, publishedAt: string }} notification
 */
export function isMuted(preferences, inbox, { type, topics, severity, publishedAt }) {
  if (severity === 'critical' && preferences.criticalBreaksThrough) return false;
  return preferences.muted.types.includes(type) || areMuted(preferences.muted.topics, topics.filter(topic => inbox.includes(topic))) || isQuiet(preferences.quietHours, publishedAt);
}

/** A notification is muted by topic only if all its topics in the inbox are muted. @param {string[]} muted @param {string[]} topics */
const areMuted = (muted, topics) => topics.length > 0 && topics.every(topic => muted.includes(topic));

/** @param {QuietHours | null} hours @param {string} at */
function isQuiet(hours, at) {
  const clock = hours && clockOf(hours.timeZone);
  if (!hours || !clock) return false;
  const { from, to } = hours, time = clock.format(new Date(at));
  return from < to ? time >= from && time < to : time >= from || time < to;
}

/** Formats times such as 07:30; null if the browser does not know the zone. @param {string} timeZone */
function clockOf(timeZone) {
  if (!clocks.has(timeZone)) {
    try {
      clocks.set(timeZone, new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }));
    } catch {
      clocks.set(timeZone, null);
    }
  }
  return clocks.get(timeZone);
}
