// One of the many listeners that share a stream: what it asked for, how far it is, and what is still to be handed over to it.
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
  /** Whether the stream brings what it asked for, from its cursor on. */ covered = false;
  /** @type {string | null} everything up to it has been taken */ cursor;

  /** @param {import('../types').SubscribeOptions} options */
  constructor(options) {
    this.options = options;
    this.topics = [...new Set(options.topics?.length ? options.topics : [''])];
    this.cursor = isCursor(options.lastEventId) ? /** @type {string} */ (options.lastEventId) : null;
  }

  get backlog() { return this.#pending.length; }

  /** Forgets what is not handed over yet. */
  clear() { this.#pending = []; }

  /** @param {Pending['kind']} kind @param {any} data */
  add(kind, data) { this.#pending.push({ kind, data }); }

  /** @param {LeaderState} state */
  updateCoverage(state) {
    if (this.covered || !covers(state, this)) return;
    this.covered = true;
    this.cursor ??= state.head;
  }

  /** A frame of the stream. @param {LeaderState} state @param {string} name @param {string} cursor @param {any} data */
  take(state, name, cursor, data) {
    if (!this.covered) return;
    if (data.counts) this.add('counts', data.counts);
    if (name === 'read') this.add('mark', data);
    // A frame without an id repeats the cursor of the frame before it, and moves no listener.
    if (!cursor) return;
    const known = this.cursor, isNext = isAfter(cursor, known);
    if (name === 'gap') {
      // The gap of a listener that was further behind.
      if (data.reason !== 'ahead' && !isNext) return;
      this.cursor = cursor;
      if (known) this.options.onGap?.(data);
      return;
    }
    // The hello of a resumed stream repeats the lowest cursor, of whatever epoch: it moves only listeners that have none.
    if (!isNext || (name === 'hello' && known)) return;
    this.cursor = cursor;
    // A retract names no topics: the listener that has the id knows it.
    if (name === 'retract' || ((name === 'notification' || name === 'update') && this.#wants(data.topics, state.inbox))) this.add(name, { ...data, cursor });
  }

  /** Hands over what is pending, in the order of the stream. @param {LeaderState} state @param {Rules} rules */
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
    } catch (error) { reportError(error); } // one listener's error does not reach its neighbours
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

  /** @param {string[]} topics @param {string[]} inbox what '' stands for */
  #wants(topics, inbox) { return this.topics.some(mine => topics.some(topic => (mine ? mine === topic : inbox.includes(topic)))); }
}
