// What the leading tab does for all: asks the hub for the union of the tabs' topics, from the lowest of their cursors, and passes on what comes.
import { query } from './access.js';
import { isAfter, isSurelyAfter } from './cursor.js';
import { hubStream } from './hub-stream.js';
import { once } from './once.js';

/**
 * @typedef {import('./types').Stand} Stand
 * @typedef {import('./types').Want} Want
 * @typedef {{ page: string, visible: boolean }} Place
 * @typedef {{ call(path: string, body: object): Promise<any>, ticket(): Promise<{ ticket: string, recipient: string } | null | undefined> }} Access
 */

const reviewAfter = 50, mostTopics = 100, mostTabs = 50, presenceEvery = 2_000;

/** Whether a stream brings all that is wanted; one that has not said yet where it began, only what is wanted from now on. @param {Stand} stand @param {Pick<Want, 'topics' | 'cursor'>} want */
export const covers = ({ asked, at }, { topics, cursor }) => topics.every(t => asked.has(t)) && (!cursor || (!!at && !isSurelyAfter(at, cursor)));

/** What a frame says of its stream, to the leader and to every tab that hears it. @param {Stand} stand @param {string} name @param {string} cursor @param {any} data */
export const learn = (stand, name, cursor, data) => {
  if (data.counts) stand.inbox = Object.keys(data.counts.topics);
  if (data.preferences) stand.preferences = data.preferences;
  if (!cursor) return;
  stand.head = cursor;
  // A hello and a heartbeat bring nothing.
  if (!stand.at || !/^he/.test(name)) stand.at = cursor;
};

/**
 * @param {string} address of the hub
 * @param {Access} access
 * @param {string} recipient
 * @param {Stand} known of the lead before
 * @param {(...message: any[]) => void} tell the tabs
 * @param {(recipient: string) => void} move the stream turned out to be another recipient's: it is closed
 */
export const lead = (address, access, recipient, known, tell, move) => {
  /** @type {Map<string, { wants: Want[], place: Place }>} by tab */ const tabs = new Map();
  /** @type {string | null} where the stream would go on: of the last frame, or where it was asked to begin */ let position = null;
  let closed = false, streamId = '', told = '', tellAt = 0, settle = 0;

  /** Opens anew where the stream does not bring what is wanted now, once it has settled. */
  const review = () => {
    if (stream.waits || plan().wants.every(want => covers(stand, want))) return;
    clearTimeout(settle);
    settle = setTimeout(stream.open, reviewAfter);
  };

  /** What is asked for: the visible tab's wants first, as many as a stream may have topics. The console names what was left out. */
  const plan = () => {
    /** @type {Set<string>} */ let asked = new Set();
    const wants = [...tabs.values()].sort((a, b) => +b.place.visible - +a.place.visible).flatMap(tab => tab.wants).filter(({ topics }) => {
      const all = new Set([...asked, ...topics]), fits = all.size <= mostTopics;
      if (fits) asked = all;
      else once(`a stream has at most ${mostTopics} topics. Left out:`, ...topics);
      return fits;
    });
    return { asked, wants };
  };

  const url = async () => {
    streamId = '';
    const ticket = await access.ticket();
    if (isOver(ticket ? ticket.recipient : recipient)) return '';
    const { asked, wants } = plan();
    let { head } = stand;
    for (const want of wants) {
      if (!want.cursor) continue;
      if (!position || isAfter(position, want.cursor)) position = want.cursor;
      if (!head || isSurelyAfter(want.cursor, head)) head = want.cursor;
      // From here on it goes on with the stream.
      want.cursor = null;
    }
    stand = { ...stand, term: stand.term + 1, asked, at: position, head };
    say();
    const asks = query(asked);
    asks.set('envelope', '1');
    if (position) asks.set('last_event_id', position);
    if (ticket) asks.set('ticket', ticket.ticket);
    return `${address}sse-stream?${asks}`;
  };

  /** Another recipient's stream is closed before anything of it is passed on. @param {string} [whose] */
  const isOver = (whose = '') => {
    if (!closed && whose !== recipient) move(whose);
    return closed;
  };

  /** @param {string} name @param {string} cursor @param {any} data */
  const frame = (name, cursor, data) => {
    if (name === 'hello') {
      if (isOver(data.recipient)) return;
      streamId = data.streamId;
    }
    learn(stand, name, cursor, data);
    position = cursor || position;
    tell('frame', stand.term, name, cursor, data);
  };

  // A tab that wakes up robbed may not know it yet: its terms lie below those of the one that took over.
  const first = Math.max(known.term + 1, Date.now());
  /** @type {Stand} */ let stand = { ...known, term: first, asked: new Set(), at: null };
  const stream = hubStream({ ...known.state, status: 'connecting', since: Date.now() }, url, frame, state => { stand.state = state; say(); }), say = () => tell('stand', { ...stand });

  return {
    /** A tab says what it wants; the answer is its sign that somebody leads. @param {string} tab @param {Want[]} wants @param {Place} place */
    want(tab, wants, place) {
      for (const want of wants) {
        // Who hears this lead already is where its stream is, however old the cursor has become on the way here.
        if (want.term >= first || covers(stand, want)) want.cursor = null;
      }
      tabs.set(tab, { wants, place });
      stream.tick();
      review();
      say();
    },

    /** @param {string} tab */
    forget(tab) {
      tabs.delete(tab);
      review();
    },

    /** Does what is due, and tells the hub in which tabs its stream is heard, where that has changed. */
    tick() {
      stream.tick();
      const presence = { streamId, tabs: [...tabs.values()].slice(0, mostTabs).map(tab => tab.place) }, text = JSON.stringify(presence), now = Date.now();
      if (!streamId || stand.state.status !== 'live' || text === told || now < tellAt) return;
      told = text;
      tellAt = now + presenceEvery;
      access.call('api/presence', presence).catch(() => {}); // the stream is over, or the hub knows nothing of this
    },

    /** The line is back. */
    wake: stream.open,

    close() {
      closed = true;
      clearTimeout(settle);
      stream.close();
    },
  };
};
