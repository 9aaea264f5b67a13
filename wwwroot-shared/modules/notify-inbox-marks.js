// Marks on their way to the hub, and marks that came from it.
import { isAfter } from './cursor.js';

/** @typedef {import('./types').InboxItem} Item */

const sendAgainAfter = 5_000;

/**
 * Sends marks one after the other, and what finds no hub now when it is sent again.
 * @param {(path: string, body: object) => Promise<import('./types').Counts>} call
 * @param {(counts: import('./types').Counts) => void} done @param {() => void} refused
 */
export function outbox(call, done, refused) {
  /** @type {{ path: string, body: object }[]} of this page */ const marks = [];
  let sent = 0, busy = false, later = 0;
  return {
    get busy() { return busy; },
    /** How many have reached the hub. */
    get sent() { return sent; },
    /** A list that the hub gave when it knew so many of them. @param {Item[]} items @param {number} known @param {string} tab */
    over(items, known, tab) { return marks.slice(known).reduce((all, { path, body }) => marked(all, { change: path, ...body }, tab), items); },
    /** @param {string} path @param {object} body */
    add(path, body) { marks.push({ path, body }); return this.send(); },
    async send() {
      if (busy) return;
      busy = true;
      for (let mark; (mark = marks[sent]);) {
        try {
          const counts = await call(`api/inbox/${mark.path}`, mark.body);
          sent++;
          done(counts);
        } catch (fault) {
          if (fault instanceof TypeError) { // no way to the hub: when the stream is back, or soon
            clearTimeout(later);
            later = setTimeout(() => this.send(), sendAgainAfter);
            break;
          }
          console.warn(fault);
          marks.splice(sent, 1);
          refused();
        }
      }
      busy = false;
    },
  };
}

const changes = { seen: { seen: true }, read: { seen: true, read: true }, 'read-all': { seen: true, read: true }, unread: { seen: true, read: false } };

/** What is listed after a mark of any device: loading anew brings the newest alone. @param {Item[]} items @param {import('./types').Mark} mark @param {string} tab */
export function marked(items, { change, ids, upTo, topics }, tab) {
  const meant = (/** @type {Item} */ i) => !!ids?.includes(i.id) || (!!upTo && !isAfter(i.id, upTo) && (!topics || topics.some(t => i.topics.includes(t))));
  if (change in changes) return items.map(i => (meant(i) ? { ...i, .../** @type {any} */ (changes)[change] } : i));
  return change === 'snooze' || change === (tab === 'archived' ? 'unarchive' : 'archive') ? items.filter(i => !meant(i)) : items;
}
