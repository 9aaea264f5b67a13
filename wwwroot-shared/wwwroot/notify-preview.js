// <notify-preview>: a badge, toast or inbox row as recipients see it, with the given content and without a hub. The dashboard shows previews with it.
//   <notify-preview show="toast" notification='{"title":"Your parcel is on its way"}'></notify-preview>
//   <notify-preview show="badge" count="4"><svg>…</svg></notify-preview>
// It contains no tab stops, and its links do nothing.
import { badgeText } from './badge-words.js';
import { badgeCss } from './notify-badge-style.js';
import { row } from './notify-inbox-row.js';
import { rowsCss } from './notify-inbox-rows-style.js';
import { inboxCss } from './notify-inbox-style.js';
import { toast } from './notify-inbox-toasts.js';
import { toastsCss } from './notify-inbox-toasts-style.js';
import { Words } from './notify-inbox-words.js';
import { el } from './notify-inbox-dom.js';
import { adoptStyles } from './style-sheets.js';

const maxCount = 99;
const previewCss = `
:host { display: block; padding: 0; font: 400 .875rem/1.25rem var(--notify-inbox-font, system-ui, sans-serif); color: var(--text); overflow-wrap: anywhere; }
.toast { animation: none; }
article:hover { background: none; }
`;
const nothing = () => {};

export class NotifyPreviewElement extends HTMLElement {
  static observedAttributes = ['notification', 'count'];

  #root = this.attachShadow({ mode: 'open' });
  #words = new Words('en', {});

  constructor() {
    super();
    this.#root.addEventListener('click', event => event.preventDefault());
  }

  connectedCallback() {
    if (this.getAttribute('show') === 'badge') adoptStyles(this.#root, badgeCss);
    else adoptStyles(this.#root, inboxCss, rowsCss, toastsCss, previewCss);
    this.#draw();
  }

  attributeChangedCallback() { if (this.isConnected) this.#draw(); }

  #draw() {
    const show = this.getAttribute('show');
    if (show === 'badge') {
      const count = Number(this.getAttribute('count'));
      this.#root.replaceChildren(el('slot'), el('span', { part: 'badge' }, count ? badgeText(count, maxCount) : ''));
      return;
    }
    /** @type {import('../types').InboxItem} */
    const item = {
      id: '', topics: [], type: '', publishedAt: new Date().toISOString(), seen: false, read: false, archived: false, snoozedUntil: null, muted: false,
      ...JSON.parse(this.getAttribute('notification') ?? '{}'),
    };
    const shown = show === 'toast' ? toast(item, this.#words, nothing, nothing)
      : row(item, this.#words, { open: nothing, archive: nothing, showMenu: nothing }, { hasRecipient: true, expanded: false });
    for (const part of [shown, ...shown.querySelectorAll('a, button')]) part.tabIndex = -1;
    this.#root.replaceChildren(shown);
  }
}

if (!customElements.get('notify-preview')) customElements.define('notify-preview', NotifyPreviewElement);
