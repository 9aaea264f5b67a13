// One notification in the list.
import { actionLinks, clipped, details, headline, severitySign } from './notify-inbox-content.js';
import { el, safeUrl } from './notify-inbox-dom.js';
import { icon } from './notify-inbox-icons.js';

/**
 * @typedef {import('../types').InboxItem} Item
 * @typedef {object} RowActions
 * @property {(item: Item, event: Event, url?: string) => void} open
 * @property {(item: Item) => void} archive archives the item, or moves it back to the inbox
 * @property {(item: Item, button: HTMLElement) => void} showMenu
 */

/**
 * Creates the row. No element in it is a tab stop; the list makes one row a tab stop.
 * @param {Item} item @param {import('./notify-inbox-words.js').Words} words @param {RowActions} actions
 * @param {{ hasRecipient: boolean, expanded: boolean }} how `hasRecipient`: without a recipient there is no archive and no menu
 */
export function row(item, words, actions, { hasRecipient, expanded }) {
  const { texts } = words, publishedAt = new Date(item.publishedAt), href = safeUrl(item.url) ?? undefined;
  const name = headline(item), body = details(item), archive = item.archived ? texts.unarchive : texts.archive;
  const title = clipped('span', name, words);
  return el('article', {
    part: 'item', class: `${item.read ? '' : 'unread'} ${expanded ? 'expanded' : ''}`, tabindex: -1,
    'aria-label': item.read ? name : `${name}, ${texts.isUnread}`, click: (/** @type {Event} */ event) => actions.open(item, event, href),
  },
    severitySign(item, texts),
    el('h4', {}, href ? el('a', { href, tabindex: -1 }, title) : title),
    body && clipped('p', body, words),
    el('div', { class: 'meta' },
      el('bdi', {}, words.topic(item.topics)), ' · ',
      el('time', { dir: 'auto', datetime: item.publishedAt, title: words.exactTime(publishedAt) }, words.ago(publishedAt, Date.now()))),
    hasRecipient && el('div', { class: 'tools' },
      tool('archive', archive, () => actions.archive(item), { class: 'archive' }),
      tool('more', texts.moreActions, button => actions.showMenu(item, button), { 'aria-haspopup': 'menu' })),
    actionLinks(item, words, actions.open, { tabindex: -1 }),
    el('span', { class: 'dot' }));
}

/**
 * Updates a row in place, so that a button that has the focus or is being pressed stays. The tools are not replaced: they do not change while an item is in the same list.
 * @param {HTMLElement} element @param {HTMLElement} fresh the row of the changed item @returns {HTMLElement} the row to show: `fresh` if the two have different parts
 */
export function updateRow(element, fresh) {
  const parts = [...element.children], freshParts = [...fresh.children];
  const outline = (/** @type {Element[]} */ of) => of.map(part => part.localName + part.className + (part.querySelector('a')?.getAttribute('href') ?? '')).join();
  if (outline(parts) !== outline(freshParts)) return fresh;
  element.className = fresh.className;
  element.setAttribute('aria-label', /** @type {string} */ (fresh.getAttribute('aria-label')));
  parts.forEach((part, i) => { if (part.className !== 'tools' && !part.isEqualNode(freshParts[i])) part.replaceWith(freshParts[i]); });
  return element;
}

/** @param {string} sign @param {string} label @param {(button: HTMLElement) => void} act @param {object} attributes */
const tool = (sign, label, act, attributes) => el('button', {
  ...attributes, type: 'button', tabindex: -1, 'aria-label': label, title: label,
  click: (/** @type {any} */ event) => {
    event.stopPropagation(); // a click on the row opens it
    act(event.currentTarget);
  },
}, icon(sign));
