import { announcer, badgeText } from './badge-words.js';
import { badgeStyle, move } from './notify-badge-style.js';
import { Box } from './notify-inbox-box.js';
import { Panel } from './notify-inbox-panel.js';
import { el, icon } from './notify-inbox-parts.js';
import { inboxStyle } from './notify-inbox-style.js';
import { chime, Toasts } from './notify-inbox-toasts.js';
import { Words } from './notify-inbox-words.js';
import { unread } from './notification-source.js';

/**
 * A bell with its badge, the recipient's inbox behind it, and toasts for what comes.
 *   <notify-inbox token-url="/notify-token"></notify-inbox>
 * Attributes, each also a property: `hub` (address of the hub; the one that served this file), `token-url` (your page's address that gives the recipient's token),
 * `toasts` (`off`), `sound` (`on`), `max` (99). The words follow `lang`; `texts` (a property) replaces any. Without a recipient the list has what came since the page was opened.
 * Events: `notify-inbox-change` (`detail.count`), `notify-inbox-toggle` (`detail.open`), and `notify-inbox-open` (`detail.notification`, `detail.url`), which can be cancelled.
 */
export class NotifyInboxElement extends HTMLElement {
  static observedAttributes = ['hub', 'token-url', 'lang', 'max'];

  /** @type {Box | null} */ #box = null;
  /** @type {import('./types').Unread | null} */ #unread = null;
  /** @type {Panel | null} */ #panel = null;
  /** @type {Toasts | null} */ #toasts = null;
  /** @type {Partial<import('./types').InboxTexts>} */ #texts = {};
  #announce = announcer(() => { this.#status.textContent = this.#count ? this.#say(this.#count) : ''; });
  #words = new Words('en', {}); #count = 0; #root; #bell; #badge; #status;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    this.#root.adoptedStyleSheets = [badgeStyle, inboxStyle];
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
  get texts() { return this.#texts; }
  set texts(value) { this.#texts = value; if (this.#box) this.#start(); }

  get count() { return this.#count; }
  get open() { return !!this.#panel?.open; }

  show() { if (!this.open) this.#panel?.show(); }
  close() { this.#panel?.close(); }

  connectedCallback() { this.#start(); }
  disconnectedCallback() { this.#stop(); }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (before === after || !this.#box) return;
    if (name === 'max') this.#draw();
    else this.#start();
  }

  #start() {
    const box = this.#box, counter = this.#unread;
    this.#box = this.#unread = null;
    this.#panel?.remove();
    this.#toasts?.element.remove();
    this.#words = new Words(this.closest('[lang]')?.getAttribute('lang') || navigator.language, this.#texts);
    const where = { hub: this.hub || undefined, tokenUrl: this.tokenUrl || undefined };
    const next = this.#box = new Box(where, () => this.#changed(), items => this.#arrived(items));
    this.#toasts = new Toasts(this.#root, this.#words, (item, event, url) => this.#follow(item, event, url));
    this.#panel = new Panel(this.#root, this.#bell, next, this.#words, (item, event, url) => this.#follow(item, event, url), open => this.#toggled(open));
    this.#unread = unread({
      ...where, topics: [],
      onNotifications: batch => { if (this.open) this.#unread?.clear(batch[batch.length - 1].id); },
      onChange: count => {
        this.#show(count);
        // Counted after the list was opened: seen once everything of this moment has been handed over.
        if (count && this.open) setTimeout(() => this.open && this.#unread?.clear());
      },
    });
    // After the new ones, so that a stream both need stays open.
    box?.close();
    counter?.close();
    this.#show(this.#unread.count);
    this.#draw();
  }

  #stop() {
    this.#panel?.remove();
    this.#toasts?.clear();
    this.#toasts?.element.remove();
    this.#box?.close();
    this.#unread?.close();
    this.#box = this.#unread = this.#panel = this.#toasts = null;
  }

  #changed() {
    const box = this.#box;
    if (!box) return;
    this.#panel?.draw();
    const here = new Set(box.items.map(i => i.id));
    if (box.tab !== 'archived') this.#toasts?.drop(this.#toasts.ids.filter(id => !here.has(id)));
  }

  /** @param {import('./types').InboxItem[]} items */
  #arrived(items) {
    if (this.open || document.hidden) return;
    if (this.toasts === 'on') this.#toasts?.show(items);
    if (this.sound === 'on') chime();
  }

  /** @param {boolean} open */
  #toggled(open) {
    if (open) {
      this.#unread?.clear();
      this.#toasts?.clear();
    }
    this.#bell.setAttribute('aria-expanded', String(open));
    this.dispatchEvent(new CustomEvent('notify-inbox-toggle', { bubbles: true, composed: true, detail: { open } }));
  }

  /** @param {import('./types').InboxItem} item @param {Event} event @param {string} [url] */
  #follow(item, event, url) {
    this.#box?.read(item.id);
    const go = this.dispatchEvent(new CustomEvent('notify-inbox-open', { bubbles: true, composed: true, cancelable: true, detail: { notification: item, url: url ?? null } }));
    if (!go) event.preventDefault();
    if (!go || url) this.close();
    // A click beside the link of a row is meant for it.
    if (go && url && !(/** @type {Element | null} */ (event.target)?.closest('a'))) location.assign(url);
  }

  /** @param {number} count */
  #show(count) {
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
    const { title } = this.#words.texts, name = this.#count ? `${title}, ${this.#say(this.#count)}` : title;
    this.#bell.setAttribute('aria-label', name);
    this.#bell.title = name;
  }

  /** @param {number} count */
  #say(count) {
    const { texts } = this.#words;
    return count > this.max ? this.#words.count(texts.more, this.max) : this.#words.count(texts.unread, count);
  }
}
