// What a recipient does not want to be counted, as the hub keeps it.

/** @typedef {import('./types').Preferences} Kept */

/** @param {(path: string, body?: object, method?: string) => Promise<any>} call @param {() => void} saved @param {() => void} changed what is to be said */
export function preferences(call, saved, changed) {
  const path = 'api/inbox/preferences';
  let muting = Promise.resolve();

  /** @param {Kept} kept @returns {Promise<Kept>} as the hub has them now */
  async function save(kept) {
    const now = await call(path, kept, 'PUT');
    saved();
    return now;
  }

  /** @param {string} topic */
  async function tryToMute(topic) {
    try {
      const known = await call(path);
      await save({ ...known, muted: { ...known.muted, topics: [...new Set([...known.muted.topics, topic])] } });
      self.notMuted = null;
    } catch (fault) {
      console.warn(fault);
      self.notMuted = topic;
    }
    changed();
  }

  const self = {
    /** @type {string | null} the topic that was to be muted, and is not */ notMuted: null,
    save,
    /** @param {string} topic */
    mute(topic) { muting = tryToMute(topic); },
    /** With what is being muted. @returns {Promise<Kept>} */
    async read() { await muting; return call(path); },
  };
  return self;
}
