// The connection of this page to one hub, as one recipient. All listeners of the page and all tabs of the browser share one stream; each listener has its own cursor.
import { HubApi } from './hub-api.js';
import { applyFrame, Leader } from './leader.js';
import { Listener } from './listener.js';
import { loadWhenNeeded } from './load-when-needed.js';
import { TabGroup } from './tab-group.js';
import { warnOnce } from './warn-once.js';

/**
 * @typedef {import('../types').LeaderState} LeaderState
 * @typedef {import('../types').SubscribeOptions} SubscribeOptions
 * @typedef {import('../types').Subscription} Subscription
 * @typedef {import('../types').TabMessage} TabMessage
 */

/** Components are added and removed in bursts; the connection waits this long for the last one. In ms, like all durations here. */
const settleAfter = 50;
const minPause = 5_000, maxPause = 60_000, maxBatch = 500, maxPath = 200;
/** Ticks of a second without a message from the leader, after which a visible tab sends its demands, and then steals the lead. */
const askAfter = 5, stealAfter = 8;

/** @returns {LeaderState} the state before the first message of a leader */
const unknownLeader = () => ({ term: 0, topics: new Set(), delivered: null, head: null, inbox: [], stream: { status: 'connecting', since: Date.now(), opens: 0 } });

/** A page's token function may throw any value. @param {any} error */
const messageOf = error => error?.message ?? String(error);

export class HubConnection {
  /** @type {Set<Listener>} */ #listeners = new Set();
  /** @type {TabGroup | null} */ #tabs = null;
  /** @type {Leader | null} while this tab leads */ #leader = null;
  /** @type {string | null} '' is an anonymous visitor; null before it is known */ #recipient = null;
  /** @type {import('../types').Counts | null} */ #counts = null;
  /** @type {import('./listener.js').Rules} */ #rules = undefined;
  #leaderState = unknownLeader();
  #api; #onEnd; #ticking; #page = new AbortController();
  #generation = 0; #pause = 0; #hasReceived = false; #moves = 0; #silentTicks = 0; #postedPath = '';
  /* Timers; 0 is none. */ #settling = 0; #delivering = 0; #refreshing = 0;

  /** @param {string} address @param {import('../types').TokenSource | null} tokenSource @param {() => void} onEnd the last listener has closed */
  constructor(address, tokenSource, onEnd) {
    this.address = address;
    this.tokenSource = tokenSource;
    this.#onEnd = onEnd;
    this.#api = new HubApi(address, tokenSource);
    const { signal } = this.#page;
    // A browser puts a page into the back/forward cache only if it holds neither a lock nor a connection.
    addEventListener('pagehide', () => this.#leave(), { signal });
    addEventListener('pageshow', event => { if (event.persisted) this.#join(); }, { signal });
    addEventListener('visibilitychange', () => this.#postDemands(), { signal });
    addEventListener('online', () => this.#goOnline(), { signal });
    this.#ticking = setInterval(() => this.#tick(), 1_000);
    this.#join();
  }

  /** @param {SubscribeOptions} options @returns {Subscription} */
  add(options) {
    const listener = new Listener(options), state = () => this.#leaderState.stream;
    this.#listeners.add(listener);
    if (this.#recipient !== null) options.onRecipient?.(this.#recipient);
    listener.updateCoverage(this.#leaderState);
    // The new listener begins at the newest frame, which may be later than the known counts.
    if (this.#counts) this.#refreshCounts();
    this.#settle();
    return {
      close: () => { this.#listeners.delete(listener); this.#settle(); },
      call: (path, body, method) => this.#call(path, body, method),
      refresh: () => this.#refreshCounts(),
      get cursor() { return listener.cursor; },
      get state() { return state(); },
    };
  }

  /** Rejects a response that belongs to a previous recipient. @type {Subscription['call']} */
  async #call(path, body, method) {
    const recipient = this.#recipient, response = await this.#api.call(path, body, method);
    if (recipient && recipient !== this.#recipient) throw new Error(`NotifyDashboard: the recipient changed during ${path}`);
    return response;
  }

  #settle() {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      if (this.#listeners.size) return this.#postDemands();
      this.#leave();
      this.#page.abort();
      clearInterval(this.#ticking);
      this.#onEnd();
    }, settleAfter);
  }

  /** Gets the recipient of this page, and joins the tabs of the same recipient. After a failure it tries again later, but not while the page is hidden. */
  async #join() {
    const generation = this.#generation;
    try {
      const recipient = await this.#api.recipient();
      if (generation !== this.#generation) return;
      this.#pause = 0;
      this.#enter(recipient, !!recipient);
    } catch (error) {
      warnOnce(messageOf(error));
      this.#pause = Math.min(this.#pause * 2 || minPause, maxPause);
      const retry = () => {
        if (generation !== this.#generation) return;
        if (document.hidden) addEventListener('visibilitychange', retry, { once: true, signal: this.#page.signal });
        else this.#join();
      };
      setTimeout(retry, this.#pause);
    }
  }

  /** The network is back. */
  #goOnline() {
    if (this.#tabs) return this.#leader?.wake();
    this.#generation++;
    this.#pause = 0;
    this.#join();
  }

  /** @param {string} recipient @param {boolean} byToken whether the page's token named them */
  #enter(recipient, byToken) {
    // A cursor belongs to one recipient, so a change of the recipient drops it. The cursors that the page passed belong to the first recipient.
    const isOther = this.#hasReceived && recipient !== this.#recipient;
    this.#recipient = recipient;
    this.#hasReceived = false;
    this.#counts = null;
    this.#leaderState = { ...unknownLeader(), inbox: recipient ? [] : ['broadcast'], stream: this.#leaderState.stream };
    for (const listener of this.#listeners) {
      if (isOther) listener.cursor = null;
      listener.clear();
      listener.covered = false;
      listener.options.onRecipient?.(recipient);
    }
    const tabs = this.#tabs = new TabGroup(`notifydashboard:${this.address}:${recipient}`, message => this.#receive(message), leads => {
      this.#leader?.close();
      this.#leader = leads ? new Leader({ address: this.address, api: this.#api, recipient, byToken, tabs }, this.#leaderState, (...other) => this.#moveTo(...other)) : null;
      if (leads) tabs.post({ type: 'report', from: tabs.id });
    });
    this.#postDemands();
  }

  /** Changes to another recipient, because someone has signed in or out. @param {string} recipient @param {boolean} byToken */
  #moveTo(recipient, byToken) {
    this.#leave();
    const generation = this.#generation;
    // Without delay the first time, and with increasing delays if the token and the cookie keep naming different recipients.
    setTimeout(() => { if (generation === this.#generation) this.#enter(recipient, byToken); }, 1_000 * this.#moves++);
  }

  #leave() {
    this.#generation++;
    this.#deliver();
    this.#tabs?.leave();
    this.#tabs = null;
  }

  /** Sends the leader what this tab needs. */
  #postDemands() {
    const demands = [...this.#listeners].map(({ topics, cursor, covered }) => ({ topics, cursor, term: covered ? this.#leaderState.term : 0 }));
    this.#postedPath = this.#path;
    if (this.#tabs && demands.length) this.#tabs.post({ type: 'demands', from: this.#tabs.id, demands, place: { page: this.#postedPath, visible: !document.hidden } });
  }

  /** The path that this tab reports to the hub; '' if a listener forbids it. */
  get #path() { return [...this.#listeners].some(l => l.options.presence === false) ? '' : location.pathname.slice(0, maxPath); }

  #tick() {
    if (this.#path !== this.#postedPath) this.#postDemands();
    if (!document.hidden && this.#api.isSignInDue) this.#checkSignIn();
    // A leader answers demands. One that does not is frozen, and loses the lead to a visible tab.
    if (this.#leader) this.#leader.tick();
    else if (document.hidden) this.#silentTicks = 0;
    else if (++this.#silentTicks === askAfter) this.#postDemands();
    else if (this.#silentTicks >= stealAfter) { this.#silentTicks = 0; this.#tabs?.steal(); }
  }

  /** The visitor was anonymous when the page last requested a token; checks whether someone has signed in. */
  async #checkSignIn() {
    const generation = this.#generation;
    try {
      const recipient = await this.#api.recipient();
      if (generation === this.#generation && recipient && recipient !== this.#recipient) this.#moveTo(recipient, true);
    } catch (error) { warnOnce(messageOf(error)); }
  }

  /** @param {TabMessage} message */
  #receive(message) {
    switch (message.type) {
      case 'report': this.#postDemands(); break;
      case 'demands': this.#leader?.setDemands(message.from, message.demands, message.place); break;
      case 'leave': this.#leader?.forget(message.from); break;
      case 'state': this.#follow(message.state); break;
      case 'frame': this.#receiveFrame(message);
    }
  }

  /** @param {LeaderState} next */
  #follow(next) {
    const known = this.#leaderState;
    if (next.term < known.term) return;
    this.#silentTicks = 0;
    this.#leaderState = next;
    if (!this.#leader) {
      this.#api.forgetTicket();
      // The leader's hello frame had the recipient's counts, but this tab may have joined after it.
      if (this.#recipient && !this.#counts && next.stream.status === 'live') this.#refreshCounts();
    }
    for (const listener of this.#listeners) {
      if (next.term > known.term) listener.covered = false;
      listener.updateCoverage(next);
      if (JSON.stringify(next.stream) !== JSON.stringify(known.stream)) listener.options.onState?.(next.stream);
    }
  }

  /** @param {TabMessage & { type: 'frame' }} frame */
  #receiveFrame({ term, name, cursor, data }) {
    if (term !== this.#leaderState.term) return;
    this.#silentTicks = this.#moves = 0;
    this.#hasReceived = true;
    applyFrame(this.#leaderState, name, cursor, data);
    this.#counts = data.counts ?? this.#counts;
    for (const listener of this.#listeners) {
      listener.receive(this.#leaderState, name, cursor, data);
      if (listener.backlog >= maxBatch) this.#deliver();
    }
    this.#delivering ||= setTimeout(() => this.#deliver());
  }

  #refreshCounts() {
    this.#refreshing ||= setTimeout(async () => {
      const generation = this.#generation;
      this.#refreshing = 0;
      try {
        const counts = await this.#api.call('api/inbox/counts');
        if (generation !== this.#generation) return;
        this.#counts = counts;
        for (const listener of this.#listeners) listener.add('counts', counts);
        this.#deliver();
      } catch (error) {
        console.warn(error);
        this.#counts = null; // the next state message of the leader requests them again
      }
    }, settleAfter);
  }

  async #deliver() {
    clearTimeout(this.#delivering);
    this.#delivering = 0;
    // The mute rules must be loaded before anything is counted by them.
    if (this.#leaderState.preferences && !this.#rules) this.#rules = await loadWhenNeeded(() => import('./mute-rules.js'), 'mute-rules.js').catch(console.warn);
    for (const listener of this.#listeners) listener.deliver(this.#leaderState, this.#rules);
  }
}
