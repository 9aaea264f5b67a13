// The tabs of one browser that share a stream. A lock elects the leader; a channel carries their messages.
import { warnOnce } from './warn-once.js';

/** @typedef {import('../types').TabMessage} TabMessage */

export class TabGroup {
  /** The id of this tab in its messages. */ id = Math.random();
  /** @type {BroadcastChannel | null} */ #channel = null;
  #name; #onMessage; #onLead; #left = false; #release = () => {};

  /** @param {string} name @param {(message: TabMessage) => void} onMessage gets the messages of all tabs, including this one @param {(leads: boolean) => void} onLead called when this tab gets or loses the lead; never before the constructor has returned */
  constructor(name, onMessage, onLead) {
    this.#name = name;
    this.#onMessage = onMessage;
    this.#onLead = onLead;
    if (navigator.locks) this.#join();
    else this.#leadAlone('over plain HTTP');
  }

  /** @param {TabMessage} message */
  post(message) {
    if (this.#left) return;
    this.#channel?.postMessage(message);
    this.#onMessage(message);
  }

  /** Takes the lead from a tab that does not answer. */
  steal() { if (this.#channel) this.#requestLock(true); }

  leave() {
    this.post({ type: 'leave', from: this.id });
    this.#left = true;
    this.#channel?.close();
    this.#onLead(false);
    this.#release();
  }

  #join() {
    try {
      this.#channel = new BroadcastChannel(this.#name);
      this.#channel.onmessage = event => this.#onMessage(event.data);
      this.#requestLock();
    } catch { this.#leadAlone('where the browser refuses storage'); }
  }

  /** Requests the lock. A tab that steals it still has its earlier request in the queue, like every tab that does not lead. */
  async #requestLock(steal = false) {
    let held = false;
    try {
      await navigator.locks.request(this.#name, { steal }, () => this.#left || new Promise(resolve => {
        held = true;
        this.#release = () => resolve(null);
        this.#onLead(true);
      }));
    } catch {
      // Rejected while held: another tab has stolen the lock, because this tab did not answer. Rejected at once: a sandboxed frame, or all cookies are blocked.
      if (!held) this.#leadAlone('where the browser refuses locks');
    }
    if (this.#left || !held) return;
    this.#onLead(false);
    if (!steal) this.#requestLock();
  }

  /** @param {string} where */
  #leadAlone(where) {
    if (this.#left) return;
    this.#channel?.close();
    this.#channel = null;
    warnOnce(`each tab has its own stream ${where}.`);
    setTimeout(() => this.#left || this.#onLead(true));
  }
}
