import { announcer, badgeText } from './badge-words.js';
import { loadWhenNeeded } from './load-when-needed.js';
import { badgeCss, move } from './notify-badge-style.js';
import { unread } from './notification-source.js';
import { adoptStyles } from './style-sheets.js';
import { upgradeProperties } from './upgrade-properties.js';

const moveInterval = 1_000;

/** @param {string} text */
const words = text => text.match(/\S+/g) ?? [];

/**
 * "3 unread messages", "1 unread message", "more than 99 unread messages"; '' for 0.
 * @param {number} count @param {number} max @param {string} label in the plural @param {string} [one] the singular; default: the label without its final s
 */
const spokenCount = (count, max, label, one) => {
  if (!count) return '';
  if (count > max) return `more than ${max} ${label}`;
  return `${count} ${count > 1 ? label : one || label.replace(/s$/, '')}`;
};

/**
 * A live badge with the number of new notifications, over the element's content.
 *   <notify-badge topics="orders users/alice"><svg>…</svg></notify-badge>
 * Attributes, each also a property: `topics` (separated by spaces; default: the recipient's inbox, or broadcast), `hub` (URL of the hub; default: the one that served this
 * file), `token-url` (a URL of your server that returns the recipient's token), `mode` (`unseen`, or `unread`), `max` (99), `label` ("unread notifications"),
 * `label-one` (its singular), `also` (any of `title`, `icon`, `app`: where else the count shows). Attributes only: `inline` (after a word instead of over an icon),
 * `presence` (`off`: the hub does not get the page's path). Property only: `token` (a function that returns the token; replaces `token-url`).
 * Event `notify-badge-change` with `detail.count`. Style: `::part(badge)` and `--notify-badge-*`.
 */
export class NotifyBadgeElement extends HTMLElement {
  static observedAttributes = ['topics', 'hub', 'token-url', 'mode', 'max', 'label', 'label-one', 'also'];

  /** @type {import('../types').Unread | null} */ #unread = null;
  /** @type {import('../types').TokenFunction | undefined} */ #token;
  #root = this.attachShadow({ mode: 'open' });
  #badge = document.createElement('span');
  #status = document.createElement('span');
  #announce = announcer(() => { this.#status.textContent = this.title; });
  #count = 0; #movedAt = 0; #hasIndicators = false;

  constructor() {
    super();
    this.#badge.setAttribute('part', 'badge');
    this.#badge.setAttribute('aria-hidden', 'true');
    this.#status.setAttribute('role', 'status');
    this.#root.append(document.createElement('slot'), this.#badge, this.#status);
  }

  get topics() { return this.getAttribute('topics') ?? ''; }
  set topics(value) { this.setAttribute('topics', value); }
  get hub() { return this.getAttribute('hub') ?? ''; }
  set hub(value) { this.setAttribute('hub', value); }
  get tokenUrl() { return this.getAttribute('token-url') ?? ''; }
  set tokenUrl(value) { this.setAttribute('token-url', value); }
  get mode() { return this.getAttribute('mode') === 'unread' ? 'unread' : 'unseen'; }
  set mode(value) { this.setAttribute('mode', value); }
  get max() { return Math.max(0, parseInt(this.getAttribute('max') ?? '')) || 99; }
  set max(value) { this.setAttribute('max', `${value}`); }
  get label() { return this.getAttribute('label') || 'unread notifications'; }
  set label(value) { this.setAttribute('label', value); }
  get labelOne() { return this.getAttribute('label-one') ?? ''; }
  set labelOne(value) { this.setAttribute('label-one', value); }
  get also() { return this.getAttribute('also') ?? ''; }
  set also(value) { this.setAttribute('also', value); }
  get token() { return this.#token; }
  set token(value) {
    this.#token = value;
    if (this.#unread) this.#listen();
  }

  get count() { return this.#count; }

  /** Marks everything on these topics as seen, or as read in mode `unread`. */
  clear() { this.#unread?.clear(); }

  connectedCallback() {
    adoptStyles(this.#root, badgeCss);
    upgradeProperties(this, ['token', 'topics', 'hub', 'tokenUrl', 'mode', 'max', 'label', 'labelOne', 'also']);
    this.#listen();
  }

  disconnectedCallback() {
    this.#unread?.close();
    this.#unread = null;
    this.#updateIndicators();
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (before === after || !this.#unread) return;
    if (['max', 'label', 'label-one', 'also'].includes(name)) this.#draw();
    else this.#listen();
  }

  #listen() {
    const previous = this.#unread, { hub, tokenUrl, token, mode } = this;
    this.#unread = unread({
      hub, tokenUrl, token, mode, topics: words(this.topics), presence: this.getAttribute('presence') !== 'off',
      onChange: count => this.#show(count),
    });
    previous?.close(); // after the new one, so that a stream both need stays open
    this.#show(this.#unread.count);
    this.#draw();
  }

  /** @param {number} count */
  #show(count) {
    const before = this.#count, now = Date.now();
    if (count === before) return;
    this.#count = count;
    this.#draw();
    // The animation runs at most once a second, even in a burst.
    if (count > before && now - this.#movedAt > moveInterval) {
      this.#movedAt = now;
      move(this.#badge, before);
    }
    this.#announce();
    this.dispatchEvent(new CustomEvent('notify-badge-change', { bubbles: true, detail: { count } }));
  }

  #draw() {
    const { max, label, labelOne } = this;
    this.#badge.textContent = this.#count ? badgeText(this.#count, max) : '';
    this.title = spokenCount(this.#count, max, label, labelOne);
    this.#updateIndicators();
  }

  /** Updates the title, the icon and the app badge. The first badge that uses one of them loads the module. */
  async #updateIndicators() {
    const placesNow = () => (this.#unread ? words(this.also) : []);
    if (!placesNow().length && !this.#hasIndicators) return;
    this.#hasIndicators = true;
    const { indicate, removeIndicators } = await loadWhenNeeded(() => import('./page-indicators.js'), 'page-indicators.js');
    const places = placesNow();
    if (places.length) indicate(this, this.#count, places);
    else removeIndicators(this);
    this.#hasIndicators = places.length > 0;
  }
}
