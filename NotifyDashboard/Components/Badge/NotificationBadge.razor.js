// The browser part of NotificationBadge: subscribes, counts, and sends changes to the component, whose circuit may be down for a while.
import { unread } from '../../shared/notification-source.js';
import { announcer } from '../../shared/badge-words.js';

const sendInterval = 250, answerTimeout = 5_000, retryDelay = 1_000, nodInterval = 1_000;
const maxPending = 50, maxChanges = 1_000, maxBytes = 14_000, maxText = 1_000;

/** @param {any} component a DotNetObjectReference @param {number} listener @param {string} topics @param {string | null} hub @param {string | null} tokenUrl @param {'unseen' | 'unread'} mode */
export function start(component, listener, topics, hub, tokenUrl, mode) {
  const delivery = new Delivery(component, listener);
  const announce = announcer(() => delivery.change({ spoken: counter.count }));
  let reading = false;
  const counter = unread({
    hub: hub ?? undefined,
    tokenUrl: tokenUrl ?? undefined,
    mode,
    topics: topics.split(/\s+/).filter(Boolean),
    onChange: count => {
      announce();
      delivery.count(count);
      // As in the inbox: notifications that are counted while the list is open are cleared too.
      if (count && reading) setTimeout(() => reading && counter.clear());
    },
    onNotifications: batch => {
      if (reading) counter.clear(batch.at(-1).id);
      delivery.add(batch);
    },
    onUpdates: batch => delivery.addChanges(batch.map(update)),
    onRetracts: batch => delivery.addChanges(batch.map(retract)),
    onState: state => delivery.change({ state }),
  });
  delivery.change({ state: counter.state });
  return {
    clear: () => counter.clear(),
    reading(on) {
      reading = on;
      if (on) counter.clear();
    },
    close() { counter.close(); delivery.close(); },
  };
}

class Delivery {
  /** @type {{ n: number, bytes: number, notification: object }[]} the newest notifications that the component has not confirmed */ #pending = [];
  /** @type {{ n: number, bytes: number, change: object }[]} unconfirmed updates and retracts, in order: a lost one would leave wrong content on the page */ #changes = [];
  #now = { count: 0, spoken: 0, nods: 0, state: /** @type {any} */ (null) };
  #received = 0; #changed = 0; #nodded = 0; #timer = 0; #sent = 0; #sending = false; #dirty = false; #closed = false;
  #component; #listener;

  constructor(component, listener) { this.#component = component; this.#listener = listener; }

  /** @param {object[]} batch */
  add(batch) {
    for (const notification of batch) {
      this.#received++;
      this.#pending.push({ n: this.#received, ...slim(notification) });
      if (this.#pending.length > maxPending) this.#pending.shift();
    }
    this.change({});
  }

  /** @param {{ bytes: number, change: object }[]} batch */
  addChanges(batch) {
    for (const change of batch) this.#changes.push({ n: ++this.#changed, ...change });
    this.#changes.splice(0, this.#changes.length - maxChanges);
    this.change({});
  }

  /** @param {number} count */
  count(count) {
    const grows = count > this.#now.count && this.#now.count > 0;
    if (count === 0) this.#now.nods = 0;
    if (grows && Date.now() - this.#nodded >= nodInterval) { this.#now.nods++; this.#nodded = Date.now(); }
    this.change({ count });
  }

  change(values) {
    Object.assign(this.#now, values);
    this.#dirty = true;
    if (!this.#sending && !this.#closed) this.#timer ||= setTimeout(() => this.#send(), Math.max(0, this.#sent + sendInterval - Date.now()));
  }

  close() { this.#closed = true; clearTimeout(this.#timer); }

  /** Sends one message and waits for the answer. Without one (the circuit is down), it is sent again later, with the values of that time. */
  async #send() {
    this.#timer = 0;
    this.#dirty = false;
    this.#sending = true;
    this.#sent = Date.now();
    const { state, ...figures } = this.#now, received = this.#received, changes = oldest(this.#changes), changed = changes.at(-1)?.n ?? 0;
    try {
      await within(answerTimeout, this.#component.invokeMethodAsync('ReceiveAsync', {
        listener: this.#listener, received, changed, ...figures, notifications: newest(this.#pending), changes: changes.map(c => c.change),
        state: state && { ...state, since: new Date(state.since).toISOString() },
      }));
      this.#pending = this.#pending.filter(p => p.n > received);
      this.#changes = this.#changes.filter(c => c.n > changed);
      this.#dirty ||= this.#changes.length > 0;
    } catch {
      this.#dirty = true;
      this.#sent = Date.now() + retryDelay - sendInterval;
    }
    this.#sending = false;
    if (this.#dirty) this.change({});
  }
}

/** The newest notifications that fit into one message. A circuit accepts 32 kB; changes may take as much as notifications. */
function newest(pending) {
  let from = pending.length, bytes = 0;
  while (from > 0 && (bytes += pending[from - 1].bytes) <= maxBytes) from--;
  return pending.slice(from).map(p => p.notification);
}

/** The oldest changes that fit into one message, at least one; the rest follows in the next message. */
function oldest(changes) {
  let to = 0, bytes = 0;
  while (to < Math.min(changes.length, maxPending) && ((bytes += changes[to].bytes) <= maxBytes || to === 0)) to++;
  return changes.slice(0, to);
}

function update({ cursor, updatedAt, ...content }) {
  const { bytes, notification } = slim(content), metadata = { cursor, updatedAt };
  return { bytes: bytes + size(metadata), change: { updated: { ...metadata, notification } } };
}

function retract({ cursor, id, reason }) {
  const retracted = { cursor, id, reason };
  return { bytes: size(retracted), change: { retracted } };
}

/** The fields that the component needs, shortened to fit into a message. */
function slim({ id, type, topics, title, body, severity, url, publishedAt, data }) {
  const text = data === undefined || data === null ? null : typeof data === 'string' ? data : JSON.stringify(data);
  const whole = { id, type, topics, title, body: cut(body), severity, url: url?.length > maxText ? null : url, publishedAt, data: cut(text) };
  const bytes = size(whole);
  if (bytes <= maxBytes) return { bytes, notification: whole };
  const bare = { id, type, topics: [topics[0]], title, severity, publishedAt };
  return { bytes: size(bare), notification: bare };
}

const cut = text => (text?.length > maxText ? `${text.slice(0, maxText)}…` : text ?? null);
const size = value => new TextEncoder().encode(JSON.stringify(value)).length;
const within = (ms, promise) => Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), ms))]);
