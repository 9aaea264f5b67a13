// A cursor names a place in the hub's log: `<epoch>-<sequence>`. Sequences are ordered within an epoch only.

/** @param {string} cursor */
const parts = cursor => cursor.split(/-(?=\d+$)/);

/** @param {any} text */
export const isCursor = text => /^.+-\d{1,15}$/.test(text);

/**
 * Whether `next` lies behind `known`. Another epoch always does: only the hub can order epochs, and it sends nothing twice within a stream.
 * @param {string} next @param {string | null | undefined} known
 */
export const isAfter = (next, known) => {
  if (!known) return true;
  const [epoch, sequence] = parts(next), [knownEpoch, knownSequence] = parts(known);
  return epoch !== knownEpoch || +sequence > +knownSequence;
};

/** Whether both are of one epoch, and `next` lies behind `known`. @param {string | null | undefined} next @param {string | null | undefined} known */
export const isSurelyAfter = (next, known) => next && known && isAfter(next, known) && !isAfter(known, next);
