// Marks on their way to the hub, and what marks of any device do to a list.
import { isAfter } from './cursor.js';

/**
 * @typedef {import('../types').InboxItem} Item
 * @typedef {import('../types').Counts} Counts
 * @typedef {import('./notify-inbox-model.js').Tab} Tab
 * @typedef {'read' | 'unread' | 'archive' | 'unarchive' | 'snooze'} Action
 * @typedef {{ ids?: string[], upTo?: string, until?: string, forSeconds?: number }} MarkBody
 * @typedef {{ action: Action, body: MarkBody, tab: Tab, before: Item[] }} OwnMark `before`: what it changed in the list of `tab`
 */

const retryAfter = 5_000;

/** Sends the marks of this page one after the other. A mark that does not reach the hub is sent again. */
export class MarkOutbox {
  /** @type {OwnMark[]} all of this page */ #marks = [];
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

  /** They were another recipient's marks: none is sent any more, and none undone. */
  stop() {
    clearTimeout(this.#retryTimer);
    this.#stopped = true;
    this.#marks = [];
  }

  /** What was retracted does not come back when a mark is undone. @param {string[]} ids */
  forget(ids) {
    for (const mark of this.#marks) mark.before = mark.before.filter(({ id }) => !ids.includes(id));
  }

  get isSending() { return this.#sending; }

  /** How many marks have reached the hub. */
  get sentCount() { return this.#sent; }

  /** Applies the marks that the hub did not know when it answered. @param {Item[]} items @param {number} sentCount at the time of the request @param {Tab} tab */
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
        mark.before = []; // it is never undone now
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

/** Whether a mark is about an item. @param {import('../types').Mark} mark @param {Item} item */
export function concerns({ ids, upTo, topics }, item) {
  if (ids?.includes(item.id)) return true;
  return !!upTo && !isAfter(item.id, upTo) && (!topics || topics.some(topic => item.topics.includes(topic)));
}

/** What a tab lists after a mark of any device. @param {Item[]} items @param {import('../types').Mark} mark @param {Tab} tab */
export function applyMark(items, mark, tab) {
  const change = changes[mark.change];
  if (change) return items.map(item => (concerns(mark, item) ? { ...item, ...change } : item));
  const leaves = mark.change === 'snooze' || mark.change === (tab === 'archived' ? 'unarchive' : 'archive');
  return leaves ? items.filter(item => !concerns(mark, item)) : items;
}

/** Undoes a refused mark: what it changed is as before, and in its place. @param {Item[]} items newest first @param {Item[]} before */
export function restoreItems(items, before) {
  const restored = [...items];
  for (const item of before) {
    const at = restored.findIndex(({ id }) => id === item.id), older = restored.findIndex(({ id }) => isAfter(item.id, id));
    if (at >= 0) restored[at] = item;
    else restored.splice(older < 0 ? restored.length : older, 0, item);
  }
  return restored;
}
