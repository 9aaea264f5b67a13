// Tells the hub in which tabs its stream is listened to.

const settleFor = 500, leastPause = 2_000;

/** @typedef {{ page: string, visible: boolean }} Tab */

export class Presence {
  /** @type {number | undefined} */ #settle;
  #call; #streamId = ''; #told = ''; #next = 0;

  /** @param {(path: string, body: object) => Promise<any>} call */
  constructor(call) { this.#call = call; }

  /** A stream has opened, which was told nothing yet. @param {string | undefined} streamId */
  open(streamId) { [this.#streamId, this.#told] = [streamId ?? '', '']; }

  /** @param {Iterable<Tab>} tabs what is so once they have settled */
  tell(tabs) {
    if (!this.#streamId || this.#settle) return;
    this.#settle = setTimeout(() => {
      this.#settle = undefined;
      this.#next = Date.now() + leastPause;
      const now = [...tabs].slice(0, 50).map(({ page, visible }) => ({ page, visible })), told = JSON.stringify(now);
      if (told === this.#told) return;
      this.#told = told;
      // The stream is over, or the hub knows nothing of this: quiet until the next one opens.
      this.#call('api/presence', { streamId: this.#streamId, tabs: now }).catch(() => { this.#streamId = ''; });
    }, Math.max(settleFor, this.#next - Date.now()));
  }

  close() { clearTimeout(this.#settle); this.#streamId = ''; }
}
