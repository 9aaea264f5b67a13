// The browser's half of NotificationBadge: listens, counts, and tells the component, which may be out of reach for a while.
import { unread } from '../../shared/notification-source.js';
import { announcer } from '../../shared/badge-words.js';

const deliverEvery = 250, answerWithin = 5_000, tryAgainAfter = 1_000, nodEvery = 1_000;
const mostHeld = 50, mostChanges = 1_000, mostBytes = 14_000, longestText = 1_000;

/** @param {any} component a DotNetObjectReference @param {number} listener @param {string} topics @param {string | null} hub @param {string | null} tokenUrl @param {'unseen' | 'unread'} mode */
export function start(component, listener, topics, hub, tokenUrl, mode) {
  const delivery = new Delivery(component, listener);
  const say = announcer(() => delivery.change({ spoken: counter.count }));
  let reading = false;
  const counter = unread({
    hub: hub ?? undefined,
    tokenUrl: tokenUrl ?? undefined,
    mode,
    topics: topics.split(/\s+/).filter(Boolean),
    onChange: count => {
      say();
      delivery.count(count);
      // As the inbox does: what was counted after reading began is read too.
      if (count && reading) setTimeout(() => reading && counter.clear());
    },
    onNotifications: batch => {
      if (reading) counter.clear(batch.at(-1).id);
      delivery.add(batch);
    },
    onUpdates: batch => delivery.follow(batch.map(update)),
    onRetracts: batch => delivery.follow(batch.map(retract)),
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
  /** @type {{ n: number, bytes: number, notification: object }[]} the newest, until the component has answered for them */ #held = [];
  /** @type {{ n: number, bytes: number, change: object }[]} every one of them, in order: what stands on a page for good would be wrong */ #changes = [];
  #now = { count: 0, spoken: 0, nods: 0, state: /** @type {any} */ (null) };
  #received = 0; #changed = 0; #nodded = 0; #timer = 0; #sent = 0; #sending = false; #dirty = false; #closed = false;
  #component; #listener;

  constructor(component, listener) { this.#component = component; this.#listener = listener; }

  /** @param {object[]} batch */
  add(batch) {
    for (const notification of batch) {
      this.#received++;
      this.#held.push({ n: this.#received, ...slim(notification) });
      if (this.#held.length > mostHeld) this.#held.shift();
    }
    this.change({});
  }

  /** @param {{ bytes: number, change: object }[]} batch */
  follow(batch) {
    for (const one of batch) this.#changes.push({ n: ++this.#changed, ...one });
    this.#changes.splice(0, this.#changes.length - mostChanges);
    this.change({});
  }

  /** @param {number} count */
  count(count) {
    const grows = count > this.#now.count && this.#now.count > 0;
    if (count === 0) this.#now.nods = 0;
    if (grows && Date.now() - this.#nodded >= nodEvery) { this.#now.nods++; this.#nodded = Date.now(); }
    this.change({ count });
  }

  change(what) {
    Object.assign(this.#now, what);
    this.#dirty = true;
    if (!this.#sending && !this.#closed) this.#timer ||= setTimeout(() => this.#send(), Math.max(0, this.#sent + deliverEvery - Date.now()));
  }

  close() { this.#closed = true; clearTimeout(this.#timer); }

  /** One at a time, until it is answered. A circuit that is down answers nothing: then the same again, with the count as it is by then. */
  async #send() {
    this.#timer = 0;
    this.#dirty = false;
    this.#sending = true;
    this.#sent = Date.now();
    const { state, ...figures } = this.#now, received = this.#received, changes = oldest(this.#changes), changed = changes.at(-1)?.n ?? 0;
    try {
      await within(answerWithin, this.#component.invokeMethodAsync('ReceiveAsync', {
        listener: this.#listener, received, changed, ...figures, notifications: newest(this.#held), changes: changes.map(c => c.change),
        state: state && { ...state, since: new Date(state.since).toISOString() },
      }));
      this.#held = this.#held.filter(h => h.n > received);
      this.#changes = this.#changes.filter(c => c.n > changed);
      this.#dirty ||= this.#changes.length > 0;
    } catch {
      this.#dirty = true;
      this.#sent = Date.now() + tryAgainAfter - deliverEvery;
    }
    this.#sending = false;
    if (this.#dirty) this.change({});
  }
}

/** As many of the newest as fit, beside as much of changes, one message to a circuit, which is 32 kB at most. */
function newest(held) {
  let from = held.length, bytes = 0;
  while (from > 0 && (bytes += held[from - 1].bytes) <= mostBytes) from--;
  return held.slice(from).map(h => h.notification);
}

/** As many of the oldest as fit, and at least one: the rest comes next. */
function oldest(changes) {
  let to = 0, bytes = 0;
  while (to < Math.min(changes.length, mostHeld) && ((bytes += changes[to].bytes) <= mostBytes || to === 0)) to++;
  return changes.slice(0, to);
}

function update({ cursor, updatedAt, ...content }) {
  const { bytes, notification } = slim(content), around = { cursor, updatedAt };
  return { bytes: bytes + size(around), change: { updated: { ...around, notification } } };
}

function retract({ cursor, id, reason }) {
  const retracted = { cursor, id, reason };
  return { bytes: size(retracted), change: { retracted } };
}

function slim({ id, type, topics, title, body, severity, url, publishedAt, data }) {
  const text = data === undefined || data === null ? null : typeof data === 'string' ? data : JSON.stringify(data);
  const whole = { id, type, topics, title, body: cut(body), severity, url: url?.length > longestText ? null : url, publishedAt, data: cut(text) };
  const bytes = size(whole);
  if (bytes <= mostBytes) return { bytes, notification: whole };
  const bare = { id, type, topics: [topics[0]], title, severity, publishedAt };
  return { bytes: size(bare), notification: bare };
}

const cut = text => (text?.length > longestText ? `${text.slice(0, longestText)}…` : text ?? null);
const size = value => new TextEncoder().encode(JSON.stringify(value)).length;
const within = (ms, promise) => Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error('no answer')), ms))]);
