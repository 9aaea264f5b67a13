import { badgeStyle } from './notify-badge-style.js';
import { Announcer, badgeText, spokenCount } from './badge-words.js';
import { unread } from './unread.js';

const moveEvery = 1_000;

/**
 * A live unread badge over whatever stands between its tags.
 *   <notify-badge topics="orders users/alice"><svg>…</svg></notify-badge>
 * Attributes, each also a property: `topics` (separated by spaces; none = the recipient's inbox, or broadcast), `hub` (address of the hub; the one that served this
 * file), `token-url` (your page's address that gives the recipient's token), `mode` (`unseen`, or `unread`), `max` (99), `label` ("unread notifications"),
 * `label-one` (its singular), `inline` (after a word instead of over an icon), `also` (any of `title`, `icon`, `app`: where else the count shows), `presence` (`off`: the hub is not told the page's path).
 * Event `notify-badge-change` with `detail.count`. Style: `::part(badge)` and `--notify-badge-*`.
 */
export class NotifyBadgeElement extends HTMLElement {
  static observedAttributes = ['topics', 'hub', 'token-url', 'mode', 'max', 'label', 'label-one', 'also'];

  /** @type {import('./types').Unread | null} */ #unread = null;
  #announcer = new Announcer(count => { this.#status.textContent = this.#words(count); });
  /** @type {string[] | undefined} */ #signs;
  #badge; #status; #count = 0; #moved = -Infinity;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [badgeStyle];
    root.innerHTML = '<slot></slot><span part="badge" aria-hidden="true" hidden></span><span role="status"></span>';
    this.#badge = /** @type {HTMLElement} */ (root.querySelector('[part]'));
    this.#status = /** @type {HTMLElement} */ (root.querySelector('[role]'));
  }

  get topics() { return this.getAttribute('topics') ?? ''; }
  set topics(value) { this.setAttribute('topics', value); }
  get hub() { return this.getAttribute('hub') ?? ''; }
  set hub(value) { this.setAttribute('hub', value); }
  get tokenUrl() { return this.getAttribute('token-url') ?? ''; }
  set tokenUrl(value) { this.setAttribute('token-url', value); }
  get mode() { return this.getAttribute('mode') === 'unread' ? 'unread' : 'unseen'; }
  set mode(value) { this.setAttribute('mode', value); }
  get also() { return this.getAttribute('also') ?? ''; }
  set also(value) { this.setAttribute('also', value); }
  get max() { return Math.max(1, parseInt(this.getAttribute('max') ?? '', 10) || 99); }
  set max(value) { this.setAttribute('max', String(value)); }
  get label() { return this.getAttribute('label') || 'unread notifications'; }
  set label(value) { this.setAttribute('label', value); }
  get labelOne() { return this.getAttribute('label-one') ?? ''; }
  set labelOne(value) { this.setAttribute('label-one', value); }

  get count() { return this.#count; }

  /** Everything on these topics has been seen. */
  clear() { this.#unread?.clear(); }

  connectedCallback() { this.#listen(); }

  disconnectedCallback() {
    this.#unread?.close();
    this.#unread = null;
    this.#announcer.stop();
    this.#sign([]);
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (before === after || !this.#unread) return;
    if (['topics', 'hub', 'token-url', 'mode'].includes(name)) this.#listen();
    else this.#draw();
  }

  #listen() {
    const left = this.#unread;
    const topics = this.topics.split(/\s+/).filter(Boolean);
    this.#unread = unread({ hub: this.hub || undefined, tokenUrl: this.tokenUrl || undefined, topics, mode: this.mode, presence: this.getAttribute('presence') !== 'off', onChange: count => this.#show(count) });
    left?.close(); // after the new one, so that a stream both need stays open
    this.#show(this.#unread.count);
    this.#draw();
  }

  /** @param {number} count */
  #show(count) {
    if (count === this.#count) return;
    const before = this.#count;
    this.#count = count;
    this.#draw();
    if (count > before) this.#move(before === 0 ? 'pop' : 'nod');
    this.#announcer.say(count);
    this.dispatchEvent(new CustomEvent('notify-badge-change', { bubbles: true, detail: { count } }));
  }

  #draw() {
    this.#badge.hidden = this.#count === 0;
    this.#badge.textContent = badgeText(this.#count, this.max);
    this.title = this.#words(this.#count);
    this.#sign(this.also.split(/\s+/).filter(Boolean));
  }

  /** @param {string[]} also */
  async #sign(also) {
    if (!also.length && !this.#signs) return;
    this.#signs = also;
    const { show } = await import('./page-signs.js');
    show(this, this.#count, this.#signs);
  }

  /** @param {number} count */
  #words(count) { return spokenCount(count, this.max, this.label, this.labelOne); }

  /** At most once a second: a burst shakes nobody. @param {'pop' | 'nod'} how */
  #move(how) {
    if (Date.now() - this.#moved < moveEvery) return;
    this.#moved = Date.now();
    this.#badge.classList.remove('pop', 'nod');
    void this.#badge.offsetWidth; // lets the same animation start anew
    this.#badge.classList.add(how);
  }
}
