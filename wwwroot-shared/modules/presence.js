// Tells the hub in which tabs its stream is listened to. Loaded by the tab that leads, once it has a stream.

const settleFor = 500, leastPause = 2_000;

/** @typedef {{ page: string, visible: boolean }} Tab */

/**
 * @param {(path: string, body: object) => Promise<any>} call
 * @param {string} streamId
 * @param {Map<string, Tab>} tabs those of now, at any time
 */
export function presence(call, streamId, tabs) {
  /** @type {number | undefined} */ let settle;
  let told = '', next = 0, over = false;
  return {
    /** Something about the tabs has changed: told once they have settled. */
    tell() {
      if (over || settle) return;
      settle = setTimeout(() => {
        settle = undefined;
        next = Date.now() + leastPause;
        const now = [...tabs.values()].slice(0, 50).map(({ page, visible }) => ({ page, visible })), text = JSON.stringify(now);
        if (text === told) return;
        told = text;
        // The stream is over, or the hub knows nothing of this: quiet until the next one opens.
        call('api/presence', { streamId, tabs: now }).catch(() => { over = true; });
      }, Math.max(settleFor, next - Date.now()));
    },
    close() { over = true; clearTimeout(settle); },
  };
}
