// One of the many that share a stream: what it asked for, how far it is, and what waits to be handed over to it.
import { isAfter, isCursor } from './cursor.js';
import { covers } from './leader.js';

/**
 * @typedef {import('./types').Wish} Wish
 * @typedef {import('./types').Stand} Stand
 * @typedef {{ wish: Wish, topics: string[], cursor: string | null, covered: boolean, pending: [name: string, data: any][] }} Listener
 * @typedef {typeof import('./mute-rules.js') | void} Rules a recipient's
 */

/** @type {Record<string, 'onNotifications' | 'onUpdates' | 'onRetracts' | 'onMarks'>} */
const hearers = { notification: 'onNotifications', update: 'onUpdates', retract: 'onRetracts', read: 'onMarks' };

/** @param {Wish} wish @returns {Listener} */
export const listener = wish => ({
  wish, topics: wish.topics?.length ? [...new Set(wish.topics)] : [''],
  cursor: isCursor(wish.lastEventId) ? /** @type {string} */ (wish.lastEventId) : null, covered: false, pending: [],
});

/** Whether the stream brings what it asked for, from here on. @param {Listener} l @param {Stand} stand */
export function cover(l, stand) {
  if (l.covered || !covers(stand, l)) return;
  l.covered = true;
  l.cursor ??= stand.head;
}

/** A frame of the stream. @param {Listener} l @param {Stand} stand @param {string} name @param {string} cursor @param {any} data */
export function take(l, stand, name, cursor, data) {
  if (!l.covered) return;
  if (data?.counts) l.pending.push(['counts', data.counts]);
  if (name === 'read') l.pending.push([name, data]);
  if (name === 'read' || !cursor) return;
  if (name === 'gap') {
    if (data?.reason !== 'ahead' && !isAfter(cursor, l.cursor)) return; // someone else's gap: this one stands behind it
    const missed = l.cursor;
    l.cursor = cursor;
    if (missed) l.wish.onGap?.(data);
    return;
  }
  // The hello of a resumed stream repeats the lowest cursor, of whatever epoch: it moves only those who have none.
  if (!isAfter(cursor, l.cursor) || (name === 'hello' && l.cursor)) return;
  l.cursor = cursor;
  // A retract names no topics: whoever holds the id knows it.
  if (data && (name === 'retract' || (['notification', 'update'].includes(name) && l.topics.some(t => data.topics?.some((/** @type {string} */ on) => (t ? t === on : stand.inbox.includes(on))))))) {
    l.pending.push([name, name === 'notification' ? data : { ...data, cursor }]);
  }
}

/** Hands over what waits, in the order of the stream. @param {Listener} l @param {Stand} stand @param {Rules} rules */
export function give(l, { preferences, inbox }, rules) {
  const { wish, pending } = l;
  l.pending = [];
  try {
    for (let at = 0; at < pending.length;) {
      const [name] = pending[at], run = [];
      while (pending[at]?.[0] === name) run.push(pending[at++][1]);
      if (name === 'counts') wish.onCounts?.(run[run.length - 1], /** @type {any} */ (preferences), n => !!preferences && !!rules && rules.isMuted(preferences, inbox, n));
      else wish[hearers[name]]?.(run);
    }
    if (l.cursor) wish.onCursor?.(l.cursor);
  } catch (error) { reportError(error); } // one listener's fault is not its neighbours'
}
