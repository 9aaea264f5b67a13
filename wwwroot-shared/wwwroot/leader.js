// The part of the leading tab: opens one stream for the topics of all tabs, from the lowest of their cursors, and forwards its frames to them.
import { isAfter, isSurelyAfter } from './cursor.js';
import { topicQuery } from './hub-api.js';
import { HubStream } from './hub-stream.js';
import { warnOnce } from './warn-once.js';

/**
 * @typedef {import('../types').LeaderState} LeaderState
 * @typedef {import('../types').TopicDemand} TopicDemand
 * @typedef {import('../types').TabPlace} TabPlace
 * @typedef {object} Role
 * @property {string} address of the hub
 * @property {import('./hub-api.js').HubApi} api
 * @property {string} recipient
 * @property {boolean} byToken whether the page's token named the recipient, and not a cookie
 * @property {import('./tab-group.js').TabGroup} tabs
 */

/** Demands change in bursts; the stream is reopened once, after this time. In ms, like `presenceInterval`. */
const reopenAfter = 50;
const maxTopics = 100, maxTabs = 50, presenceInterval = 2_000;

/** Whether the stream covers a demand. A stream whose first cursor is still unknown covers only demands without a cursor. @param {LeaderState} state @param {Pick<TopicDemand, 'topics' | 'cursor'>} demand */
export const covers = (state, { topics, cursor }) => topics.every(t => state.topics.has(t)) && (!cursor || (!!state.delivered && !isSurelyAfter(state.delivered, cursor)));

/** Applies a frame to the state of its stream, in the leader and in every tab that receives it. @param {LeaderState} state @param {string} name @param {string} cursor @param {any} data */
export const applyFrame = (state, name, cursor, data) => {
  if (data.counts) state.inbox = Object.keys(data.counts.topics);
  if (data.preferences) state.preferences = data.preferences;
  if (!cursor) return;
  state.head = cursor;
  // Hello and heartbeat frames have no content.
  if (!state.delivered || (name !== 'hello' && name !== 'heartbeat')) state.delivered = cursor;
};

export class Leader {
  /** @type {Map<number, { demands: TopicDemand[], place: TabPlace }>} by tab */ #tabs = new Map();
  /** @type {string | null} the cursor after which the next stream resumes: that of the last frame, or the lowest one of the demands */ #position = null;
  /** @type {LeaderState} */ #state;
  #role; #onRecipient; #stream; #firstTerm; #closed = false; #streamId = ''; #postedPresence = ''; #presenceAt = 0; #reopening = 0;

  /** @param {Role} role @param {LeaderState} previous the last state that this tab knows @param {(recipient: string, byToken: boolean) => void} onRecipient called when the stream belongs to another recipient; it must close the leader */
  constructor(role, previous, onRecipient) {
    this.#role = role;
    this.#onRecipient = onRecipient;
    // The clock makes the term higher than those of a frozen leader whose lead was stolen.
    this.#firstTerm = Math.max(previous.term + 1, Date.now());
    this.#state = { ...previous, term: this.#firstTerm, topics: new Set(), delivered: null };
    const before = { ...previous.stream, status: /** @type {const} */ ('connecting'), since: Date.now() };
    this.#stream = new HubStream(before, () => this.#nextUrl(), (...frame) => this.#forward(...frame), stream => { this.#state.stream = stream; this.#postState(); });
  }

  /** Sets the demands of a tab. Posts the state as the answer, so that the tab knows that there is a leader. @param {number} tab @param {TopicDemand[]} demands @param {TabPlace} place */
  setDemands(tab, demands, place) {
    for (const demand of demands) {
      // A tab that receives this leader's frames is up to date, even if the cursor in its message is older.
      if (demand.term >= this.#firstTerm || covers(this.#state, demand)) demand.cursor = null;
    }
    this.#tabs.set(tab, { demands, place });
    this.#stream.tick();
    this.#reopenIfNeeded();
    this.#postState();
  }

  /** @param {number} tab */
  forget(tab) {
    this.#tabs.delete(tab);
    this.#reopenIfNeeded();
  }

  /** Reconnects the stream if it is due, and sends the hub the tabs that use the stream, if they have changed. */
  tick() {
    this.#stream.tick();
    const presence = { streamId: this.#streamId, tabs: [...this.#tabs.values()].slice(0, maxTabs).map(tab => tab.place) }, text = JSON.stringify(presence), now = Date.now();
    if (!this.#streamId || this.#state.stream.status !== 'live' || text === this.#postedPresence || now < this.#presenceAt) return;
    this.#postedPresence = text;
    this.#presenceAt = now + presenceInterval;
    this.#role.api.call('api/presence', presence).catch(() => {}); // the stream has ended, or an older hub has no presence
  }

  /** The network is back. */
  wake() { this.#stream.open(); }

  close() {
    this.#closed = true;
    clearTimeout(this.#reopening);
    this.#stream.close();
  }

  /** Reopens the stream if it does not cover all demands. */
  #reopenIfNeeded() {
    if (this.#stream.isRetrying || this.#plan().demands.every(demand => covers(this.#state, demand))) return;
    clearTimeout(this.#reopening);
    this.#reopening = setTimeout(() => this.#stream.open(), reopenAfter);
  }

  /** The demands that fit into one stream, those of visible tabs first. A warning in the console lists the others. */
  #plan() {
    /** @type {Set<string>} */ let topics = new Set();
    const visibleFirst = [...this.#tabs.values()].sort((a, b) => +b.place.visible - +a.place.visible);
    const demands = visibleFirst.flatMap(tab => tab.demands).filter(demand => {
      const all = new Set([...topics, ...demand.topics]), fits = all.size <= maxTopics;
      if (fits) topics = all;
      else warnOnce(`a stream has at most ${maxTopics} topics. Left out:`, ...demand.topics);
      return fits;
    });
    return { topics, demands };
  }

  async #nextUrl() {
    this.#streamId = '';
    const ticket = await this.#role.api.ticket();
    // A recipient named by a token has signed out. Without a token, the hello frame of the stream names the recipient.
    const isSignedOut = ticket === null && this.#role.byToken;
    if (ticket || isSignedOut ? this.#checkEnded(ticket?.recipient, !!ticket) : this.#closed) return '';
    const { topics, demands } = this.#plan();
    let { head } = this.#state;
    for (const demand of demands) {
      if (!demand.cursor) continue;
      if (!this.#position || isAfter(this.#position, demand.cursor)) this.#position = demand.cursor;
      if (!head || isSurelyAfter(demand.cursor, head)) head = demand.cursor;
      // From now on, the listener follows the stream.
      demand.cursor = null;
    }
    this.#state = { ...this.#state, term: this.#state.term + 1, topics, delivered: this.#position, head };
    this.#postState();
    const query = topicQuery(topics);
    query.set('envelope', '1');
    if (this.#position) query.set('last_event_id', this.#position);
    if (ticket) query.set('ticket', ticket.ticket);
    return `${this.#role.address}sse-stream?${query}`;
  }

  /** Whether the leader is closed. If the stream belongs to another recipient, closes it first, before any frame is forwarded. @param {string} [recipient] @param {boolean} [byToken] */
  #checkEnded(recipient = '', byToken = false) {
    if (!this.#closed && recipient !== this.#role.recipient) this.#onRecipient(recipient, byToken);
    return this.#closed;
  }

  /** @param {string} name @param {string} cursor @param {any} data */
  #forward(name, cursor, data) {
    if (name === 'hello') {
      if (this.#checkEnded(data.recipient)) return;
      this.#streamId = data.streamId;
    }
    applyFrame(this.#state, name, cursor, data);
    this.#position = cursor || this.#position;
    const { tabs } = this.#role;
    tabs.post({ type: 'frame', from: tabs.id, term: this.#state.term, name, cursor, data });
  }

  #postState() {
    const { tabs } = this.#role;
    tabs.post({ type: 'state', from: tabs.id, state: { ...this.#state } });
  }
}
