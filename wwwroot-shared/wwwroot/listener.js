// One of the listeners that share a stream: its options, its cursor, and its pending items.
import { isAfter, isCursor } from './cursor.js';
import { covers } from './leader.js';

/**
 * @typedef {import('../types').LeaderState} LeaderState
 * @typedef {import('../types').Notification} Notification
 * @typedef {typeof import('./mute-rules.js') | void} Rules of recipients
 * @typedef {{ kind: 'notification' | 'update' | 'retract' | 'counts' | 'mark', data: any }} Pending
 */

export class Listener {
  /** @type {Pending[]} */ #pending = [];
  /** Whether the stream covers its topics from its cursor on. */ covered = false;
  /** @type {string | null} everything up to this cursor has been received */ cursor;

  /** @param {import('../types').SubscribeOptions} options */
  constructor(options) {
    this.options = options;
    this.topics = [...new Set(options.topics?.length ? options.topics : [''])];
    this.cursor = isCursor(options.lastEventId) ? /** @type {string} */ (options.lastEventId) : null;
  }

  get backlog() { return this.#pending.length; }

  /** Drops the pending items. */
  clear() { this.#pending = []; }

  /** @param {Pending['kind']} kind @param {any} data */
  add(kind, data) { this.#pending.push({ kind, data }); }

  /** @param {LeaderState} state */
  updateCoverage(state) {
    if (this.covered || !covers(state, this)) return;
    this.covered = true;
    this.cursor ??= state.head;
  }

  /** Receives a frame of the stream. @param {LeaderState} state @param {string} name @param {string} cursor @param {any} data */
  receive(state, name, cursor, data) {
    if (!this.covered) return;
    if (data.counts) this.add('counts', data.counts);
    if (name === 'read') this.add('mark', data);
    // There is no cursor before the first frame with an id. (EventSource repeats the last id for a frame without one; such a frame is not after `known`.)
    if (!cursor) return;
    const known = this.cursor, isNext = isAfter(cursor, known);
    if (name === 'gap') {
      // The gap concerns another listener, with an older cursor.
      if (data.reason !== 'ahead' && !isNext) return;
      this.cursor = cursor;
      if (known) this.options.onGap?.(data);
      return;
    }
    // The hello of a resumed stream repeats the lowest cursor, maybe of another epoch, so it sets the cursor only of listeners that have none.
    if (!isNext || (name === 'hello' && known)) return;
    this.cursor = cursor;
    // A retract has no topics, so every listener gets it, and may not know the id.
    if (name === 'retract' || ((name === 'notification' || name === 'update') && this.#matches(data.topics, state.inbox))) this.add(name, { ...data, cursor });
  }

  /** Delivers the pending items, in the order of the stream. @param {LeaderState} state @param {Rules} rules */
  deliver({ preferences, inbox }, rules) {
    const pending = this.#pending;
    const isMuted = (/** @type {Notification} */ n) => !!preferences && !!rules && rules.isMuted(preferences, inbox, n);
    this.#pending = [];
    try {
      for (let at = 0; at < pending.length;) {
        const { kind } = pending[at], batch = [];
        while (pending[at]?.kind === kind) batch.push(pending[at++].data);
        this.#call(kind, batch, /** @type {any} */ (preferences), isMuted);
      }
      if (this.cursor) this.options.onCursor?.(this.cursor);
    } catch (error) { reportError(error); } // an error in one listener must not affect the others
  }

  /** @param {Pending['kind']} kind @param {any[]} batch @param {import('../types').Preferences} preferences @param {(n: Notification) => boolean} isMuted */
  #call(kind, batch, preferences, isMuted) {
    const { options } = this;
    switch (kind) {
      case 'notification': options.onNotifications?.(batch); break;
      case 'update': options.onUpdates?.(batch); break;
      case 'retract': options.onRetracts?.(batch); break;
      case 'mark': options.onMarks?.(batch); break;
      case 'counts': options.onCounts?.(batch, preferences, isMuted);
    }
  }

  /** @param {string[]} topics @param {string[]} inbox the topics that '' stands for */
  #matches(topics, inbox) { return this.topics.some(mine => topics.some(topic => (mine ? mine === topic : inbox.includes(topic)))); }
}
