// Reads and saves the recipient's preferences: which notifications are not counted.

/** @typedef {import('../types').Preferences} Preferences */

const path = 'api/inbox/preferences';

export class InboxPreferences {
  /** @type {string | null} the topic that could not be muted */ failedTopic = null;
  #muting = Promise.resolve();
  #call;
  #onSaved;
  #onChange;

  /** @param {(path: string, body?: object, method?: string) => Promise<any>} call @param {() => void} onSaved @param {() => void} onChange called after an attempt to mute, because `failedTopic` may have changed */
  constructor(call, onSaved, onChange) {
    this.#call = call;
    this.#onSaved = onSaved;
    this.#onChange = onChange;
  }

  /** Waits for a mute that is in progress. @returns {Promise<Preferences>} */
  async read() {
    await this.#muting;
    return this.#call(path);
  }

  /** @param {Preferences} preferences @returns {Promise<Preferences>} as stored by the hub */
  async save(preferences) {
    const saved = await this.#call(path, preferences, 'PUT');
    this.#onSaved();
    return saved;
  }

  /** @param {string} topic */
  mute(topic) { this.#muting = this.#tryToMute(topic); }

  /** @param {string} topic */
  async #tryToMute(topic) {
    try {
      const preferences = await this.#call(path), { muted } = preferences;
      await this.save({ ...preferences, muted: { ...muted, topics: [...new Set([...muted.topics, topic])] } });
      this.failedTopic = null;
    } catch (error) {
      console.warn(error);
      this.failedTopic = topic;
    }
    this.#onChange();
  }
}
