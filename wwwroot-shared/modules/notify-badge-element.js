import { badgeStyle } from './notify-badge-style.js';
import { lazily } from './lazily.js';
import { announcer, badgeText, spokenCount } from './badge-words.js';
import { unread } from './notification-source.js';

const moveEvery = 1_000;
const listened = ['topics', 'hub', 'token-url', 'mode'], drawn = ['max', 'label', 'label-one', 'also'];

/** @param {string | null} text */
const words = text => (text ?? '').split(/\s+/).filter(Boolean);

/**
 * A live unread badge over whatever stands between its tags.
 *   <notify-badge topics="orders users/alice"><svg>…</svg></notify-badge>
 * Attributes, each also a property: `topics` (separated by spaces; none = the recipient's inbox, or broadcast), `hub` (address of the hub; the one that served this
 * file), `token-url` (your page's address that gives the recipient's token), `mode` (`unseen`, or `unread`), `max` (99), `label` ("unread notifications"),
 * `label-one` (its singular), `inline` (after a word instead of over an icon), `also` (any of `title`, `icon`, `app`: where else the count shows), `presence` (`off`: the hub is not told the page's path).
 * Event `notify-badge-change` with `detail.count`. Style: `::part(badge)` and `--notify-badge-*`.
 */
export class NotifyBadgeElement extends HTMLElement {
  static observedAttributes = [...listened, ...drawn];

  /** @type {import('./types').Unread | null} */ #unread = null;
  #announcer = announcer(count => { this.#status.textContent = this.#spoken(count); });
  /** @type {string[] | undefined} */ #signs;
  /** @type {HTMLElement} */ #badge;
  /** @type {HTMLElement} */ #status;
  #count = 0; #moved = -Infinity;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [badgeStyle];
    root.innerHTML = '<slot></slot><span part="badge" aria-hidden="true" hidden></span><span role="status"></span>';
    [this.#badge, this.#status] = root.querySelectorAll('span');
  }

  get mode() { return this.getAttribute('mode') === 'unread' ? 'unread' : 'unseen'; }
  get max() { return Math.max(1, parseInt(this.getAttribute('max') ?? '', 10) || 99); }
  get label() { return this.getAttribute('label') || 'unread notifications'; }

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
    if (listened.includes(name)) this.#listen();
    else this.#draw();
  }

  #listen() {
    const left = this.#unread;
    this.#unread = unread({
      hub: this.getAttribute('hub') || undefined, tokenUrl: this.getAttribute('token-url') || undefined, topics: words(this.getAttribute('topics')),
      mode: this.mode, presence: this.getAttribute('presence') !== 'off', onChange: count => this.#show(count),
    });
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
    if (count > before) this.#move(before ? 'nod' : 'pop');
    this.#announcer.say(count);
    this.dispatchEvent(new CustomEvent('notify-badge-change', { bubbles: true, detail: { count } }));
  }

  #draw() {
    this.#badge.hidden = !this.#count;
    this.#badge.textContent = badgeText(this.#count, this.max);
    this.title = this.#spoken(this.#count);
    this.#sign(words(this.getAttribute('also')));
  }

  /** @param {string[]} also */
  async #sign(also) {
    if (!also.length && !this.#signs) return;
    this.#signs = also;
    const { show } = await lazily(() => import('./page-signs.js'), 'page-signs.js');
    show(this, this.#count, this.#signs);
  }

  /** @param {number} count */
  #spoken(count) { return spokenCount(count, this.max, this.label, this.getAttribute('label-one')); }

  /** At most once a second: a burst shakes nobody. @param {'pop' | 'nod'} how */
  #move(how) {
    if (Date.now() - this.#moved < moveEvery) return;
    this.#moved = Date.now();
    this.#badge.className = '';
    void this.#badge.offsetWidth; // lets the same animation start anew
    this.#badge.className = how;
  }
}

for (const name of NotifyBadgeElement.observedAttributes) {
  const property = name.replace(/-(.)/, (_, letter) => letter.toUpperCase()), own = Object.getOwnPropertyDescriptor(NotifyBadgeElement.prototype, property);
  Object.defineProperty(NotifyBadgeElement.prototype, property, {
    get: own?.get ?? /** @this {HTMLElement} */ function () { return this.getAttribute(name) ?? ''; },
    /** @this {HTMLElement} */ set(value) { this.setAttribute(name, value); },
    configurable: true, enumerable: true,
  });
}
