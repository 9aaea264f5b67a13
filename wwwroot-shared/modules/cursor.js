// A cursor names a place in the hub's log: `<epoch>-<sequence>`. Sequences are ordered within an epoch only.

/** @param {string} cursor @returns {[string, number]} */
const parts = cursor => { const at = cursor.lastIndexOf('-'); return [cursor.slice(0, at), Number(cursor.slice(at + 1))]; };

/** @param {unknown} text */
export const isCursor = text => typeof text === 'string' && /^.+-\d{1,15}$/.test(text);

/**
 * Whether `next` lies behind `known`. Another epoch always does: only the hub can order epochs, and it sends nothing twice within a stream.
 * @param {string} next @param {string | null} known
 */
export function isAfter(next, known) {
  if (!known) return true;
  const [epoch, sequence] = parts(next), [knownEpoch, knownSequence] = parts(known);
  return epoch !== knownEpoch || sequence > knownSequence;
}

/** Whether both are of one epoch, and `next` lies behind `known`. @param {string | null} next @param {string | null} known */
export const isSurelyAfter = (next, known) => !!next && !!known && isAfter(next, known) && !isAfter(known, next);
