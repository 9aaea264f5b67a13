// A cursor names a place in the hub's log: `<epoch>-<sequence>`. Sequences are ordered within an epoch only.

/**
 * @typedef {{ epoch: string, sequence: number }} Cursor
 * @param {string | null | undefined} text @returns {Cursor | null} null for anything that is no cursor
 */
export function parseCursor(text) {
  const at = text?.lastIndexOf('-') ?? -1;
  const digits = at > 0 ? /** @type {string} */ (text).slice(at + 1) : '';
  return /^\d{1,15}$/.test(digits) ? { epoch: /** @type {string} */ (text).slice(0, at), sequence: Number(digits) } : null;
}

/** @param {Cursor | null} cursor */
export const formatCursor = cursor => (cursor ? `${cursor.epoch}-${cursor.sequence}` : null);

/**
 * Whether `next` lies behind `known`. Another epoch always does: only the hub can order epochs, and it sends nothing twice within a stream.
 * @param {Cursor} next @param {Cursor | null} known
 */
export const isAfter = (next, known) => !known || next.epoch !== known.epoch || next.sequence > known.sequence;
