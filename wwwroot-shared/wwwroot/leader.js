// The leading tab's part: asks the hub for the topics of all tabs, from the lowest of their cursors, and passes on what comes.
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

/** Tabs and components come in bursts: the stream opens again once, after this. */
const reopenAfter = 50;
const mostTopics = 100, mostTabs = 50, presenceInterval = 2_000;

/** Whether the stream brings all of it. One whose beginning is not known yet brings only what comes from now on. @param {LeaderState} state @param {Pick<TopicDemand, 'topics' | 'cursor'>} demand */
export const covers = (state, { topics, cursor }) => topics.every(t => state.topics.has(t)) && (!cursor || (!!state.delivered && !isSurelyAfter(state.delivered, cursor)));

/** What a frame changes in the state of its stream, for the leader and for every tab that hears it. @param {LeaderState} state @param {string} name @param {string} cursor @param {any} data */
export const applyFrame = (state, name, cursor, data) => {
  if (data.counts) state.inbox = Object.keys(data.counts.topics);
  if (data.preferences) state.preferences = data.preferences;
  if (!cursor) return;
  state.head = cursor;
  // A hello and a heartbeat deliver nothing.
  if (!state.delivered || (name !== 'hello' && name !== 'heartbeat')) state.delivered = cursor;
};

export class Leader {
  /** @type {Map<number, { demands: TopicDemand[], place: TabPlace }>} by tab */ #tabs = new Map();
  /** @type {string | null} where the stream would resume: at its last frame, or where it was asked to begin */ #position = null;
  /** @type {LeaderState} */ #state;
  #role; #onRecipient; #stream; #firstTerm; #closed = false; #streamId = ''; #postedPresence = ''; #presenceAt = 0; #reopening = 0;

  /** @param {Role} role @param {LeaderState} previous as this tab knows it @param {(recipient: string, byToken: boolean) => void} onRecipient the stream is another recipient's, and closed */
  constructor(role, previous, onRecipient) {
    this.#role = role;
    this.#onRecipient = onRecipient;
    // The clock makes it higher than the terms of a tab whose lead was stolen while it was frozen.
    this.#firstTerm = Math.max(previous.term + 1, Date.now());
    this.#state = { ...previous, term: this.#firstTerm, topics: new Set(), delivered: null };
    const before = { ...previous.stream, status: /** @type {const} */ ('connecting'), since: Date.now() };
    this.#stream = new HubStream(before, () => this.#nextAddress(), (...frame) => this.#pass(...frame), stream => { this.#state.stream = stream; this.#postState(); });
  }

  /** A tab says what it needs. The answer tells it that there is a leader. @param {number} tab @param {TopicDemand[]} demands @param {TabPlace} place */
  setDemands(tab, demands, place) {
    for (const demand of demands) {
      // A tab that hears this leader is where the stream is, however old its cursor became on the way here.
      if (demand.term >= this.#firstTerm || covers(this.#state, demand)) demand.cursor = null;
    }
    this.#tabs.set(tab, { demands, place });
    this.#stream.tick();
    this.#review();
    this.#postState();
  }

  /** @param {number} tab */
  forget(tab) {
    this.#tabs.delete(tab);
    this.#review();
  }

  /** Does what is due, and tells the hub in which tabs its stream is heard, where that has changed. */
  tick() {
    this.#stream.tick();
    const presence = { streamId: this.#streamId, tabs: [...this.#tabs.values()].slice(0, mostTabs).map(tab => tab.place) }, text = JSON.stringify(presence), now = Date.now();
    if (!this.#streamId || this.#state.stream.status !== 'live' || text === this.#postedPresence || now < this.#presenceAt) return;
    this.#postedPresence = text;
    this.#presenceAt = now + presenceInterval;
    this.#role.api.call('api/presence', presence).catch(() => {}); // the stream has ended, or the hub is older
  }

  /** The network is back. */
  wake() { this.#stream.open(); }

  close() {
    this.#closed = true;
    clearTimeout(this.#reopening);
    this.#stream.close();
  }

  /** Opens again where the stream does not bring all demands. */
  #review() {
    if (this.#stream.isRetrying || this.#plan().demands.every(demand => covers(this.#state, demand))) return;
    clearTimeout(this.#reopening);
    this.#reopening = setTimeout(() => this.#stream.open(), reopenAfter);
  }

  /** The demands that fit into one stream, those of visible tabs first. The console names the others. */
  #plan() {
    /** @type {Set<string>} */ let topics = new Set();
    const visibleFirst = [...this.#tabs.values()].sort((a, b) => +b.place.visible - +a.place.visible);
    const demands = visibleFirst.flatMap(tab => tab.demands).filter(demand => {
      const all = new Set([...topics, ...demand.topics]), fits = all.size <= mostTopics;
      if (fits) topics = all;
      else warnOnce(`a stream has at most ${mostTopics} topics. Left out:`, ...demand.topics);
      return fits;
    });
    return { topics, demands };
  }

  async #nextAddress() {
    this.#streamId = '';
    const ticket = await this.#role.api.ticket();
    // Signed out. Where there never was a token, the stream's hello says whose it is.
    const isSignedOut = ticket === null && this.#role.byToken;
    if (ticket || isSignedOut ? this.#hasEnded(ticket?.recipient, !!ticket) : this.#closed) return '';
    const { topics, demands } = this.#plan();
    let { head } = this.#state;
    for (const demand of demands) {
      if (!demand.cursor) continue;
      if (!this.#position || isAfter(this.#position, demand.cursor)) this.#position = demand.cursor;
      if (!head || isSurelyAfter(demand.cursor, head)) head = demand.cursor;
      // From here on it moves with the stream.
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

  /** Closed, or another recipient's stream: then it is closed before anything of it is passed on. @param {string} [recipient] @param {boolean} [byToken] */
  #hasEnded(recipient = '', byToken = false) {
    if (!this.#closed && recipient !== this.#role.recipient) this.#onRecipient(recipient, byToken);
    return this.#closed;
  }

  /** @param {string} name @param {string} cursor @param {any} data */
  #pass(name, cursor, data) {
    if (name === 'hello') {
      if (this.#hasEnded(data.recipient)) return;
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
