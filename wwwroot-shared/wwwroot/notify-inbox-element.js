import { announcer, badgeText } from './badge-words.js';
import { badgeCss, move } from './notify-badge-style.js';
import { el } from './notify-inbox-dom.js';
import { icon } from './notify-inbox-icons.js';
import { InboxModel } from './notify-inbox-model.js';
import { Panel } from './notify-inbox-panel.js';
import { rowsCss } from './notify-inbox-rows-style.js';
import { chime } from './notify-inbox-sound.js';
import { inboxCss } from './notify-inbox-style.js';
import { toastsCss } from './notify-inbox-toasts-style.js';
import { Toasts } from './notify-inbox-toasts.js';
import { Words } from './notify-inbox-words.js';
import { unread } from './notification-source.js';
import { adoptStyles } from './style-sheets.js';
import { upgradeProperties } from './upgrade-properties.js';

/**
 * A bell with a badge, which opens the recipient's inbox, and toasts for new notifications.
 *   <notify-inbox token-url="/notify-token"></notify-inbox>
 * Attributes, each also a property: `hub` (URL of the hub; default: the one that served this file), `token-url` (a URL of your server that returns the recipient's token),
 * `toasts` (`off`), `sound` (`on`), `max` (99). Properties only: `token` (a function that returns the token; replaces `token-url`), and `texts`, which overrides texts; the
 * others follow `lang`. Without a recipient, the list shows what arrived since the page was opened.
 * Events: `notify-inbox-change` (`detail.count`), `notify-inbox-toggle` (`detail.open`), and `notify-inbox-open` (`detail.notification`, `detail.url`), which can be cancelled.
 */
export class NotifyInboxElement extends HTMLElement {
  static observedAttributes = ['hub', 'token-url', 'lang', 'max'];

  /** @type {InboxModel | null} */ #model = null;
  /** @type {import('../types').Unread | null} */ #unread = null;
  /** @type {Panel | null} */ #panel = null;
  /** @type {Toasts | null} */ #toasts = null;
  /** @type {Partial<import('../types').InboxTexts>} */ #texts = {};
  /** @type {import('../types').TokenFunction | undefined} */ #token;
  #announce = announcer(() => { this.#status.textContent = this.#count ? this.#spoken(this.#count) : ''; });
  #words = new Words('en', {});
  #count = 0;
  #root;
  #bell;
  #badge;
  #status;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    this.#badge = el('span', { part: 'badge', 'aria-hidden': 'true', hidden: true });
    this.#bell = el('button', { type: 'button', part: 'bell', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', click: () => this.show() }, el('slot', {}, icon('bell')));
    this.#status = el('span', { role: 'status' });
    this.#root.append(this.#bell, this.#badge, this.#status);
  }

  get hub() { return this.getAttribute('hub') ?? ''; }
  set hub(value) { this.setAttribute('hub', value); }
  get tokenUrl() { return this.getAttribute('token-url') ?? ''; }
  set tokenUrl(value) { this.setAttribute('token-url', value); }
  get toasts() { return this.getAttribute('toasts') === 'off' ? 'off' : 'on'; }
  set toasts(value) { this.setAttribute('toasts', value); }
  get sound() { return this.getAttribute('sound') === 'on' ? 'on' : 'off'; }
  set sound(value) { this.setAttribute('sound', value); }
  get max() { return Math.max(1, parseInt(this.getAttribute('max') ?? '', 10) || 99); }
  set max(value) { this.setAttribute('max', String(value)); }
  get token() { return this.#token; }
  set token(value) {
    this.#token = value;
    if (this.#model) this.#start();
  }
  get texts() { return this.#texts; }
  set texts(value) {
    this.#texts = value;
    if (this.#model) this.#start();
  }

  get count() { return this.#count; }
  get open() { return !!this.#panel?.open; }

  show() { if (!this.open) this.#panel?.show(); }
  close() { this.#panel?.close(); }

  connectedCallback() {
    adoptStyles(this.#root, badgeCss, inboxCss, rowsCss, toastsCss);
    upgradeProperties(this, ['token', 'texts', 'hub', 'tokenUrl', 'toasts', 'sound', 'max']);
    this.#start();
  }

  disconnectedCallback() { this.#stop(); }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (before === after || !this.#model) return;
    if (name === 'max') this.#draw();
    else this.#start();
  }

  #start() {
    const oldModel = this.#model, oldUnread = this.#unread, wasOpen = this.open;
    this.#model = this.#unread = null;
    this.#panel?.remove();
    this.#toasts?.element.remove();
    const words = this.#words = new Words(this.closest('[lang]')?.getAttribute('lang') || navigator.language, this.#texts);
    const source = { hub: this.hub || undefined, tokenUrl: this.tokenUrl || undefined, token: this.#token };
    /** @type {import('./notify-inbox-content.js').Open} */
    const open = (item, event, url) => this.#openItem(item, event, url);
    const model = this.#model = new InboxModel(source, () => this.#changed(), items => this.#arrived(items));
    this.#toasts = new Toasts(this.#root, words, open);
    this.#panel = new Panel(this.#root, this.#bell, model, words, open, isOpen => this.#toggled(isOpen));
    this.#unread = unread({
      ...source, topics: [],
      onNotifications: batch => { if (this.open) this.#unread?.clear(batch[batch.length - 1].id); },
      onChange: count => {
        this.#setCount(count);
        // Counted while the list is open: marked as seen once all pending items are delivered.
        if (count && this.open) setTimeout(() => this.open && this.#unread?.clear());
      },
    });
    // Closed after the new ones are created, so that a shared stream stays open.
    oldModel?.close();
    oldUnread?.close();
    this.#setCount(this.#unread.count);
    this.#draw();
    if (wasOpen) this.show();
  }

  #stop() {
    this.#panel?.remove();
    this.#toasts?.clear();
    this.#toasts?.element.remove();
    this.#model?.close();
    this.#unread?.close();
    this.#model = this.#unread = this.#panel = this.#toasts = null;
  }

  #changed() {
    const model = this.#model;
    if (!model) return;
    this.#panel?.draw();
    const listed = new Set(model.items.map(({ id }) => id));
    if (model.tab !== 'archived') this.#toasts?.drop(this.#toasts.ids.filter(id => !listed.has(id)));
  }

  /** @param {import('../types').InboxItem[]} items */
  #arrived(items) {
    if (this.open || this.ownerDocument.hidden) return;
    if (this.toasts === 'on') this.#toasts?.show(items);
    if (this.sound === 'on') chime();
  }

  /** @param {boolean} isOpen */
  #toggled(isOpen) {
    if (isOpen) {
      this.#unread?.clear();
      this.#toasts?.clear();
    }
    this.#bell.setAttribute('aria-expanded', String(isOpen));
    this.dispatchEvent(new CustomEvent('notify-inbox-toggle', { bubbles: true, composed: true, detail: { open: isOpen } }));
  }

  /** @param {import('../types').InboxItem} item @param {Event} event @param {string} [url] of the item, or of one of its actions */
  #openItem(item, event, url) {
    this.#model?.read(item.id);
    const goes = this.dispatchEvent(new CustomEvent('notify-inbox-open', { bubbles: true, composed: true, cancelable: true, detail: { notification: item, url: url ?? null } }));
    if (!goes) event.preventDefault();
    if (!goes || url) this.close();
    // A click on the row outside its link follows the link too.
    if (goes && url && !(/** @type {Element | null} */ (event.target)?.closest('a'))) this.ownerDocument.defaultView?.location.assign(url);
  }

  /** @param {number} count */
  #setCount(count) {
    if (count === this.#count) return;
    const before = this.#count;
    this.#count = count;
    this.#draw();
    if (!before) move(this.#badge, before);
    this.#announce();
    this.dispatchEvent(new CustomEvent('notify-inbox-change', { bubbles: true, composed: true, detail: { count } }));
  }

  #draw() {
    this.#badge.hidden = !this.#count;
    this.#badge.textContent = badgeText(this.#count, this.max);
    const { lang, texts: { title } } = this.#words, name = this.#count ? `${title}, ${this.#spoken(this.#count)}` : title;
    this.#bell.lang = this.#status.lang = lang;
    this.#bell.setAttribute('aria-label', name);
    this.#bell.title = name;
  }

  /** @param {number} count */
  #spoken(count) {
    const { texts } = this.#words;
    return count > this.max ? this.#words.count(texts.more, this.max) : this.#words.count(texts.unread, count);
  }
}
