// What the leading tab does for all: asks the hub for the union of the tabs' topics, from the lowest of their cursors, and passes on what comes.
import { isAfter, isSurelyAfter } from './cursor.js';
import { hubStream } from './hub-stream.js';
import { lazily } from './lazily.js';

/**
 * @typedef {import('./types').Stand} Stand
 * @typedef {import('./types').Want} Want
 * @typedef {{ call(path: string, body: object): Promise<any>, ticket(): Promise<{ ticket: string, recipient: string } | null | undefined> }} Access
 */

const reviewAfter = 50, mostTopics = 100;

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

/**
 * @param {string} address of the hub
 * @param {Access} access
 * @param {string} recipient
 * @param {number} first the term that this lead begins with
 * @param {(...message: any[]) => void} tell the tabs
 * @param {(recipient: string) => void} move the stream turned out to be another recipient's
 */
export function lead(address, access, recipient, first, tell, move) {
  /** @type {Map<string, { wants: Want[], visible: boolean, page: string }>} by tab */ const tabs = new Map();
  /** @type {string | null} of the last frame */ let position = null;
  /** @type {number | undefined} */ let settle;
  /** @type {{ tell(): void, close(): void } | null} */ let presence = null;
  let closed = false, opened = '';
  const stream = hubStream({ url, frame, state(state) {
    stand.state = state;
    if (state.status !== 'live') unpresent();
    say();
  } });
  /** @type {Stand} */
  let stand = { term: first, asked: new Set(), at: null, head: null, state: stream.state, inbox: recipient ? [] : ['broadcast'] };

  const say = () => tell('stand', { ...stand });

  /** Opens anew where the stream does not bring what is wanted now, once it has settled. */
  function review() {
    presence?.tell();
    if (stream.waits || plan().wants.every(want => covers(stand, want))) return;
    clearTimeout(settle);
    settle = setTimeout(stream.open, reviewAfter);
  }

  /** What is asked for: the visible tab's wants first, as many as a stream may have. */
  function plan() {
    /** @type {Set<string>} */ const asked = new Set(), /** @type {Set<string>} */ left = new Set();
    const wants = [...tabs.values()].sort((a, b) => +b.visible - +a.visible).flatMap(tab => tab.wants).filter(({ topics }) => {
      const fits = named(new Set([...asked, ...topics])).size <= mostTopics;
      for (const topic of topics) (fits ? asked : left).add(topic);
      return fits;
    });
    return { asked, wants, left: [...left].filter(t => !asked.has(t)) };
  }

  /** @param {Set<string>} topics */
  function named(topics) { return new Set([...topics].flatMap(topic => topic || stand.inbox)); }

  async function url() {
    unpresent();
    const ticket = await access.ticket();
    if (!isOwn(ticket ? ticket.recipient : recipient)) return '';
    let { asked, wants, left } = plan();
    // A recipient's inbox is known by the first hello: until then it is all that is asked for, by asking for nothing.
    if (asked.has('') && !stand.inbox.length) [asked, wants] = [new Set(['']), wants.filter(({ topics }) => topics.every(t => !t))];
    if (left.length) console.warn(`NotifyDashboard: a stream has at most ${mostTopics} topics. Left out until others go:`, ...left);
    let from = position, head = from;
    for (const want of wants) {
      want.met = true;
      if (!want.cursor) continue;
      if (!from || isAfter(from, want.cursor)) from = want.cursor;
      if (!head || isSurelyAfter(want.cursor, head)) head = want.cursor;
    }
    stand = { ...stand, term: stand.term + 1, asked, at: from, head };
    say();
    const query = new URLSearchParams([['envelope', '1'], ...[...named(asked)].map(topic => ['topic', topic])]);
    if (from) query.set('last_event_id', from);
    if (ticket) query.set('ticket', ticket.ticket);
    return `${address}sse-stream?${query}`;
  }

  /** Whether the stream is whose this lead is. Another's is closed before anything of it is passed on. */
  function isOwn(whose = '') {
    if (!closed && whose === recipient) return true;
    if (!closed) move(whose);
    return false;
  }

  /** @param {string} name @param {string} cursor @param {any} data */
  function frame(name, cursor, data) {
    if (name === 'hello' && !isOwn(data?.recipient)) return;
    learn(stand, name, cursor, data);
    if (cursor) {
      position = cursor;
      // What is met goes on with the stream: it has no cursor of its own any more.
      for (const { wants } of tabs.values()) for (const want of wants) if (want.met) want.cursor = null;
    }
    tell('frame', stand.term, name, cursor, data);
    if (name === 'hello') {
      present(data?.streamId);
      review();
    }
  }

  /** @param {string} streamId of the stream that has opened, which was told nothing yet */
  async function present(streamId = '') {
    opened = streamId;
    if (!streamId) return;
    const made = (await lazily(() => import('./presence.js'), 'presence.js')).presence(access.call, streamId, tabs);
    if (closed || streamId !== opened) return;
    presence = made;
    made.tell();
  }

  /** That stream is over: the hub knows no tabs of it any more. */
  function unpresent() {
    opened = '';
    presence?.close();
    presence = null;
  }

  return {
    /** A tab says what it wants; the answer is its sign that somebody leads. @param {string} tab @param {Want[]} wants @param {boolean} visible @param {string} page */
    want(tab, wants, visible, page) {
      for (const want of wants) {
        // Who hears this lead already is where its stream is, however old the cursor has become on the way here.
        if (want.term >= first) want.cursor = null;
        want.met = covers(stand, want);
      }
      tabs.set(tab, { wants, visible, page });
      stream.tick();
      review();
      say();
    },

    /** @param {string} tab */
    forget(tab) {
      tabs.delete(tab);
      review();
    },

    tick: stream.tick,

    /** The line is back. */
    wake() { if (stand.asked.size) stream.open(); },

    close() {
      closed = true;
      clearTimeout(settle);
      unpresent();
      stream.close();
    },
  };
}
