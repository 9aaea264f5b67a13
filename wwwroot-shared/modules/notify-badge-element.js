import { announcer, badgeText } from './badge-words.js';
import { lazily } from './lazily.js';
import { badgeCss, move } from './notify-badge-style.js';
import { unread } from './notification-source.js';
import { adoptStyles } from './style-sheets.js';

const moveEvery = 1_000;
/** @type {Record<string, string | number>} */
const defaults = { topics: '', hub: '', 'token-url': '', mode: 'unseen', max: 99, label: 'unread notifications', 'label-one': '', also: '' };

/** @param {string} text */
const words = text => text.match(/\S+/g) ?? [];

/**
 * "3 unread messages", "1 unread message", "more than 99 unread messages"; nothing for 0.
 * @param {number} count @param {number} max @param {string} label in the plural @param {string} [one] the singular, where cutting an s is not it
 */
const spokenCount = (count, max, label, one) => count
  ? count > max ? `more than ${max} ${label}` : `${count} ${count > 1 ? label : one || label.replace(/s$/, '')}`
  : '';

/**
 * A live unread badge over whatever stands between its tags.
 *   <notify-badge topics="orders users/alice"><svg>…</svg></notify-badge>
 * Attributes, each also a property: `topics` (separated by spaces; none = the recipient's inbox, or broadcast), `hub` (address of the hub; the one that served this
 * file), `token-url` (your page's address that gives the recipient's token), `mode` (`unseen`, or `unread`), `max` (99), `label` ("unread notifications"),
 * `label-one` (its singular), `also` (any of `title`, `icon`, `app`: where else the count shows). Attributes alone: `inline` (after a word instead of over an icon),
 * `presence` (`off`: the hub is not told the page's path).
 * Event `notify-badge-change` with `detail.count`. Style: `::part(badge)` and `--notify-badge-*`.
 */
export class NotifyBadgeElement extends HTMLElement {
  static observedAttributes = Object.keys(defaults);

  #face = face(/** @type {any} */ (this));

  get count() { return this.#face.count; }

  /** Everything on these topics has been seen. */
  clear() { this.#face.clear(); }

  connectedCallback() { this.#face.listen(); }
  disconnectedCallback() { this.#face.leave(); }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) { if (before !== after) this.#face.change(name); }
}

/** What an element shows, and whom it hears. @param {import('../elements').NotifyBadgeElement} element */
const face = element => {
  /** @type {import('./types').Unread | null} */ let counter = null;
  let count = 0, signed = false, moved = 0;
  const root = element.attachShadow({ mode: 'open' });
  root.innerHTML = '<slot></slot><span part="badge" aria-hidden="true"></span><span role="status"></span>';
  const [badge, status] = root.querySelectorAll('span'), announce = announcer(() => { status.textContent = element.title; });

  const listen = () => {
    adoptStyles(root, badgeCss);
    const left = counter, { hub, tokenUrl, topics, mode } = element;
    counter = unread({ hub, tokenUrl, topics: words(topics), mode, presence: element.getAttribute('presence') !== 'off', onChange: show });
    left?.close(); // after the new one, so that a stream both need stays open
    show(counter.count);
    draw();
  };

  /** @param {number} now */
  const show = now => {
    const before = count, at = Date.now();
    if (now === before) return;
    count = now;
    draw();
    // At most once a second: a burst shakes nobody.
    if (now > before && at - moved > moveEvery) {
      moved = at;
      move(badge, before);
    }
    announce();
    element.dispatchEvent(new CustomEvent('notify-badge-change', { bubbles: true, detail: { count } }));
  };

  const draw = () => {
    const { max, label, labelOne } = element;
    badge.textContent = count ? badgeText(count, max) : '';
    element.title = spokenCount(count, max, label, labelOne);
    sign(words(element.also));
  };

  /** @param {string[]} also */
  const sign = async also => {
    if (!also.length && !signed) return;
    signed = true;
    const { show } = await lazily(() => import('./page-signs.js'), 'page-signs.js');
    show(element, count, also);
  };

  return {
    listen,
    get count() { return count; },
    clear() { counter?.clear(); },
    /** @param {string} name of an attribute */
    change(name) {
      if (counter) /^(max|label|also)/.test(name) ? draw() : listen();
    },
    leave() {
      counter?.close();
      counter = null;
      sign([]);
    },
  };
};

for (const name of NotifyBadgeElement.observedAttributes) {
  Object.defineProperty(NotifyBadgeElement.prototype, name.replace(/-(.)/, (_, letter) => letter.toUpperCase()), {
    /** @this {HTMLElement} */ get: function () {
      const value = this.getAttribute(name);
      return (name === 'max' ? Math.max(0, parseInt(value ?? '')) : value) || defaults[name];
    },
    /** @this {HTMLElement} */ set: function (value) { this.setAttribute(name, value); },
  });
}
