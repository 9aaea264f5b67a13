// What the leading tab does for all: asks the hub for the union of the tabs' topics, from the lowest of their cursors, and passes on what comes.
import { isAfter, isSurelyAfter } from './cursor.js';
import { HubStream } from './hub-stream.js';
import { Presence } from './presence.js';

/**
 * @typedef {import('./types').Stand} Stand
 * @typedef {import('./types').Want} Want
 * @typedef {{ address: string, access: import('./access.js').Access, move(recipient: string): void }} Owner
 */

const settleFor = 50, mostTopics = 100;

/** Whether a stream brings all that is wanted; one that has not said yet where it began, only what is wanted from now on. @param {Stand} stand @param {Pick<Want, 'topics' | 'cursor'>} want */
export const covers = ({ asked, at }, { topics, cursor }) => topics.every(t => asked.has(t)) && (!cursor || (at !== null && !isSurelyAfter(at, cursor)));

/** What a frame says of its stream, to the leader and to every tab that hears it. @param {Stand} stand @param {string} name @param {string} cursor @param {any} data */
export function learn(stand, name, cursor, data) {
  if (data?.counts) stand.inbox = Object.keys(data.counts.topics);
  if (data?.preferences) stand.preferences = data.preferences;
  if (!cursor) return;
  stand.head = cursor;
  if (!stand.at || !['hello', 'heartbeat'].includes(name)) stand.at = cursor;
}

export class Leader {
  /** @type {Map<string, { wants: Want[], visible: boolean, page: string }>} by tab */ #tabs = new Map();
  /** @type {Stand} */ #stand;
  /** @type {string | null} of the last frame */ #position = null;
  /** @type {number | undefined} */ #settle;
  #owner; #recipient; #tell; #stream; #presence; #closed = false; #first;

  /** @param {Owner} owner @param {string} recipient @param {number} term @param {(...message: any[]) => void} tell */
  constructor(owner, recipient, term, tell) {
    this.#owner = owner;
    this.#recipient = recipient;
    this.#tell = tell;
    this.#first = term;
    this.#presence = new Presence((path, body) => owner.access.call(path, body));
    this.#stream = new HubStream({
      url: () => this.#url(),
      frame: (name, cursor, data) => this.#pass(name, cursor, data),
      state: state => { this.#stand.state = state; this.#say(); },
    });
    this.#stand = { term, asked: new Set(), at: null, head: null, state: this.#stream.state, inbox: recipient ? [] : ['broadcast'] };
  }

  /** A tab says what it wants; the answer is its sign that somebody leads. @param {string} tab @param {Want[]} wants @param {boolean} visible @param {string} page */
  want(tab, wants, visible, page) {
    for (const want of wants) {
      // Who hears this lead already is where its stream is, however old the cursor has become on the way here.
      if (want.term >= this.#first) want.cursor = null;
      want.met = covers(this.#stand, want);
    }
    this.#tabs.set(tab, { wants, visible, page });
    this.#presence.tell(this.#tabs.values());
    this.#stream.tick();
    this.#review();
    this.#say();
  }

  /** @param {string} tab */
  forget(tab) {
    this.#tabs.delete(tab);
    this.#presence.tell(this.#tabs.values());
    this.#review();
  }

  tick() { this.#stream.tick(); }

  /** The line is back. */
  wake() { if (this.#stand.asked.size) this.#stream.open(); }

  close() {
    this.#closed = true;
    clearTimeout(this.#settle);
    this.#presence.close();
    this.#stream.close();
  }

  /** Opens anew where the stream does not bring what is wanted now, once it has settled. */
  #review() {
    const { wants } = this.#plan();
    if (this.#stream.waits || wants.every(want => covers(this.#stand, want))) return;
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.#stream.open(), settleFor);
  }

  /** What is asked for: the visible tab's wants first, as many as a stream may have. */
  #plan() {
    /** @type {Set<string>} */ const asked = new Set(), /** @type {Set<string>} */ left = new Set();
    const wants = [...this.#tabs.values()].sort((a, b) => Number(b.visible) - Number(a.visible)).flatMap(tab => tab.wants).filter(({ topics }) => {
      const fits = this.#named(new Set([...asked, ...topics])).size <= mostTopics;
      for (const topic of topics) (fits ? asked : left).add(topic);
      return fits;
    });
    return { asked, wants, left: [...left].filter(t => !asked.has(t)) };
  }

  /** @param {Set<string>} topics */
  #named(topics) { return new Set([...topics].flatMap(topic => topic || this.#stand.inbox)); }

  async #url() {
    const ticket = await this.#owner.access.ticket();
    if (!this.#isOwn(ticket ? ticket.recipient : this.#recipient)) return '';
    let { asked, wants, left } = this.#plan();
    // A recipient's inbox is known by the first hello: until then it is all that is asked for, by asking for nothing.
    const unknown = asked.has('') && !this.#stand.inbox.length;
    if (unknown) [asked, wants] = [new Set(['']), wants.filter(({ topics }) => topics.every(t => !t))];
    if (left.length) console.warn(`NotifyDashboard: a stream has at most ${mostTopics} topics. Left out until others go:`, ...left);
    let from = this.#position, head = from;
    for (const want of wants) {
      want.met = true;
      if (!want.cursor) continue;
      if (!from || isAfter(from, want.cursor)) from = want.cursor;
      if (!head || isSurelyAfter(want.cursor, head)) head = want.cursor;
    }
    this.#stand = { ...this.#stand, term: this.#stand.term + 1, asked, at: from, head };
    this.#say();
    const url = new URL('sse-stream', this.#owner.address);
    for (const topic of this.#named(asked)) url.searchParams.append('topic', topic);
    url.searchParams.set('envelope', '1');
    if (from) url.searchParams.set('last_event_id', from);
    if (ticket) url.searchParams.set('ticket', ticket.ticket);
    return url.href;
  }

  /** Whether the stream is whose this lead is. Another's is closed before anything of it is passed on. @param {string} [recipient] */
  #isOwn(recipient = '') {
    if (!this.#closed && recipient === this.#recipient) return true;
    if (!this.#closed) this.#owner.move(recipient);
    return false;
  }

  /** @param {string} name @param {string} cursor @param {any} data */
  #pass(name, cursor, data) {
    if (name === 'hello' && !this.#isOwn(data?.recipient)) return;
    learn(this.#stand, name, cursor, data);
    if (name === 'hello') {
      this.#presence.open(data?.streamId);
      this.#presence.tell(this.#tabs.values());
    }
    if (cursor) {
      this.#position = cursor;
      // What is met goes on with the stream: it has no cursor of its own any more.
      for (const { wants } of this.#tabs.values()) for (const want of wants) if (want.met) want.cursor = null;
    }
    this.#tell('frame', this.#stand.term, name, cursor, data);
    if (name === 'hello') this.#review();
  }

  #say() { this.#tell('stand', { ...this.#stand }); }
}
