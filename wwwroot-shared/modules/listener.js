// One of the many that share a stream: what it asked for, how far it is, and what waits to be handed over to it.
import { isAfter, isCursor } from './cursor.js';
import { covers } from './leader.js';

/**
 * @typedef {import('./types').Wish} Wish
 * @typedef {import('./types').Stand} Stand
 * @typedef {{ wish: Wish, topics: string[], cursor: string | null, covered: boolean, pending: [kind: string, data: any][] }} Listener `kind` is the singular of its callback's name
 * @typedef {typeof import('./mute-rules.js') | void} Rules a recipient's
 */

/** @param {Wish} wish @returns {Listener} */
export const listener = wish => ({
  wish, topics: [...new Set(wish.topics?.length ? wish.topics : [''])],
  cursor: isCursor(wish.lastEventId) ? /** @type {string} */ (wish.lastEventId) : null, covered: false, pending: [],
});

/** Whether the stream brings what it asked for, from here on. @param {Listener} l @param {Stand} stand */
export const cover = (l, stand) => {
  if (l.covered || !covers(stand, l)) return;
  l.covered = true;
  l.cursor ??= stand.head;
};

/** A frame of the stream. @param {Listener} l @param {Stand} stand @param {string} name @param {string} cursor @param {any} data */
export const take = (l, stand, name, cursor, data) => {
  if (!l.covered) return;
  if (data.counts) l.pending.push(['count', data.counts]);
  if (name === 'read') l.pending.push(['mark', data]);
  if (!cursor) return;
  // A frame without one repeats the cursor of the frame before, and moves nobody.
  const known = l.cursor, isNext = isAfter(cursor, known);
  if (name === 'gap') {
    if (data.reason !== 'ahead' && !isNext) return; // someone else's gap: this one stands behind it
    l.cursor = cursor;
    if (known) l.wish.onGap?.(data);
    return;
  }
  // The hello of a resumed stream repeats the lowest cursor, of whatever epoch: it moves only those who have none.
  if (!isNext || (name === 'hello' && known)) return;
  l.cursor = cursor;
  // A retract names no topics: whoever holds the id knows it.
  if (name === 'retract' || l.topics.some(t => data.topics?.some((/** @type {string} */ on) => (t ? t === on : stand.inbox.includes(on))))) l.pending.push([name, { ...data, cursor }]);
};

/** Hands over what waits, in the order of the stream. @param {Listener} l @param {Stand} stand @param {Rules} rules */
export const give = (l, { preferences, inbox }, rules) => {
  const { wish, pending } = l;
  l.pending = [];
  try {
    for (let at = 0; at < pending.length;) {
      const [kind] = pending[at], run = [];
      while (pending[at]?.[0] === kind) run.push(pending[at++][1]);
      /** @type {any} */ (wish)[`on${kind[0].toUpperCase()}${kind.slice(1)}s`]?.(run, preferences, (/** @type {any} */ n) => !!preferences && !!rules && rules.isMuted(preferences, inbox, n));
    }
    if (l.cursor) wish.onCursor?.(l.cursor);
  } catch (error) { reportError(error); } // one listener's fault is not its neighbours'
};
