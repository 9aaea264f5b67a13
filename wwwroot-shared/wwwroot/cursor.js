// A cursor is a position in the hub's log: `<epoch>-<sequence>`. Sequences are ordered within one epoch only.

/** @param {string} cursor */
const parts = cursor => cursor.split(/-(?=\d+$)/);

/** @param {any} text */
export const isCursor = text => /^.+-\d{1,15}$/.test(text);

/**
 * Whether `next` is after `known`. A cursor of another epoch counts as later: only the hub can order epochs, and a stream repeats nothing.
 * @param {string} next @param {string | null | undefined} known
 */
export const isAfter = (next, known) => {
  if (!known) return true;
  const [epoch, sequence] = parts(next), [knownEpoch, knownSequence] = parts(known);
  return epoch !== knownEpoch || +sequence > +knownSequence;
};

/** Whether both have the same epoch and `next` is after `known`. @param {string | null | undefined} next @param {string | null | undefined} known */
export const isSurelyAfter = (next, known) => next && known && isAfter(next, known) && !isAfter(known, next);
