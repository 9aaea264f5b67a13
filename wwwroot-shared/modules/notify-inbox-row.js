// One notification in the list.
import { el, icon, link, sign } from './notify-inbox-parts.js';

/**
 * @typedef {{ open(item: import('./types').InboxItem, event: Event, url?: string): void, away(item: import('./types').InboxItem): void, later(item: import('./types').InboxItem, button: HTMLElement): void }} Acts
 */

/** @param {import('./types').InboxItem} item @param {import('./notify-inbox-words.js').Words} words @param {Acts} acts @param {boolean} known whether there is an inbox to archive in */
export function row(item, words, acts, known) {
  const { texts } = words, at = new Date(item.publishedAt), href = link(item.url);
  const open = (/** @type {Event} */ event) => acts.open(item, event, href ?? undefined);
  const title = item.title || item.body || item.type;
  const away = item.archived ? texts.unarchive : texts.archive;
  const own = (/** @type {Event} */ event, /** @type {() => void} */ act) => { event.stopPropagation(); act(); };
  return el('article', { part: 'item', class: item.read ? '' : 'unread', 'aria-label': item.read ? title : `${title}, ${texts.isUnread}`, tabindex: -1, click: open },
    sign(item, texts),
    el('div', { class: 'text' },
      el('h4', {}, href ? el('a', { href, tabindex: -1 }, el('bdi', {}, title)) : el('bdi', {}, title)),
      item.title && item.body && el('p', {}, el('bdi', {}, item.body)),
      el('div', { class: 'meta' }, el('span', {}, words.topic(item.topics)), ' · ', el('time', { datetime: item.publishedAt, title: words.full(at) }, words.ago(at, Date.now()))),
      item.actions?.length && el('div', { class: 'acts' }, ...item.actions.map(action => {
        const to = link(action.url);
        return to && el('a', { class: 'button', part: 'action', href: to, tabindex: -1, click: (/** @type {Event} */ e) => own(e, () => acts.open(item, e, to)) }, action.label);
      }))),
    known && el('div', { class: 'tools' },
      el('button', { type: 'button', tabindex: -1, 'aria-label': away, title: away, click: (/** @type {Event} */ e) => own(e, () => acts.away(item)) }, icon('archive')),
      el('button', { type: 'button', tabindex: -1, 'aria-label': texts.snooze, title: texts.snooze, 'aria-haspopup': 'menu', click: (/** @type {any} */ e) => own(e, () => acts.later(item, e.currentTarget)) }, icon('clock'))),
    el('span', { class: 'dot' }));
}
