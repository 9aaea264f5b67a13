// Sends marks to the hub, and applies the marks of any device to a list.
import { isAfter } from './cursor.js';

/**
 * @typedef {import('../types').InboxItem} Item
 * @typedef {import('../types').Counts} Counts
 * @typedef {import('./notify-inbox-model.js').Tab} Tab
 * @typedef {'read' | 'unread' | 'archive' | 'unarchive' | 'snooze'} Action
 * @typedef {{ ids?: string[], upTo?: string, until?: string, forSeconds?: number }} MarkBody
 * @typedef {{ action: Action, body: MarkBody, tab: Tab, before: Item[] }} OwnMark `before`: the items in the list of `tab` that the mark changed, as they were before
 */

const retryAfter = 5_000;

/** Sends the marks of this page one after the other. Retries a mark that does not reach the hub. */
export class MarkOutbox {
  /** @type {OwnMark[]} all marks of this page, the sent ones first */ #marks = [];
  #sent = 0;
  #sending = false;
  #retryTimer = 0;
  #stopped = false;
  #call;
  #onSent;
  #onRefused;

  /**
   * @param {(path: string, body: object) => Promise<Counts>} call
   * @param {(counts: Counts) => void} onSent @param {(mark: OwnMark) => void} onRefused
   */
  constructor(call, onSent, onRefused) {
    this.#call = call;
    this.#onSent = onSent;
    this.#onRefused = onRefused;
  }

  /** Drops all marks, because the recipient has changed: none is sent or undone. */
  stop() {
    clearTimeout(this.#retryTimer);
    this.#stopped = true;
    this.#marks = [];
  }

  /** Forgets retracted items, so that undoing a mark does not restore them. @param {string[]} ids */
  forget(ids) {
    for (const mark of this.#marks) mark.before = mark.before.filter(({ id }) => !ids.includes(id));
  }

  get isSending() { return this.#sending; }

  /** The number of marks that the hub has accepted. */
  get sentCount() { return this.#sent; }

  /** Applies the marks that a response of the hub may not include. @param {Item[]} items @param {number} sentCount at the time of the request @param {Tab} tab */
  applyUnsent(items, sentCount, tab) {
    return this.#marks.slice(sentCount).reduce((list, { action, body }) => applyMark(list, { change: action, ...body }, tab), items);
  }

  /** @param {OwnMark} mark */
  add(mark) {
    this.#marks.push(mark);
    return this.send();
  }

  async send() {
    if (this.#sending || this.#stopped) return;
    this.#sending = true;
    while (this.#sent < this.#marks.length) {
      const mark = this.#marks[this.#sent];
      try {
        const counts = await this.#call(`api/inbox/${mark.action}`, mark.body);
        if (this.#stopped) return;
        mark.before = []; // an accepted mark is never undone
        this.#sent++;
        this.#onSent(counts);
      } catch (error) {
        if (this.#stopped) return;
        if (error instanceof TypeError) { // the hub was not reached
          clearTimeout(this.#retryTimer);
          this.#retryTimer = setTimeout(() => this.send(), retryAfter);
          break;
        }
        console.warn(error);
        this.#marks.splice(this.#sent, 1);
        this.#onRefused(mark);
      }
    }
    this.#sending = false;
  }
}

const seen = { seen: true }, read = { seen: true, read: true };
/** @type {Record<string, Partial<Item>>} */
const changes = { seen, read, 'read-all': read, unread: { seen: true, read: false } };

/** Whether a mark applies to an item. @param {import('../types').Mark} mark @param {Item} item */
export function concerns({ ids, upTo, topics }, item) {
  if (ids?.includes(item.id)) return true;
  return !!upTo && !isAfter(item.id, upTo) && (!topics || topics.some(topic => item.topics.includes(topic)));
}

/** Applies a mark of any device to the items of a tab. @param {Item[]} items @param {import('../types').Mark} mark @param {Tab} tab */
export function applyMark(items, mark, tab) {
  const change = changes[mark.change];
  if (change) return items.map(item => (concerns(mark, item) ? { ...item, ...change } : item));
  const leaves = mark.change === 'snooze' || mark.change === (tab === 'archived' ? 'unarchive' : 'archive');
  return leaves ? items.filter(item => !concerns(mark, item)) : items;
}

/** Undoes a refused mark: restores the items that it changed, in their places. @param {Item[]} items newest first @param {Item[]} before */
export function restoreItems(items, before) {
  const restored = [...items];
  for (const item of before) {
    const at = restored.findIndex(({ id }) => id === item.id), older = restored.findIndex(({ id }) => isAfter(item.id, id));
    if (at >= 0) restored[at] = item;
    else restored.splice(older < 0 ? restored.length : older, 0, item);
  }
  return restored;
}
