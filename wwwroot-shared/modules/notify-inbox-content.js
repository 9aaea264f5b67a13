// What rows and toasts show alike of a notification. Its text may be of any language and direction, so each piece is isolated.
import { el, safeUrl } from './notify-inbox-dom.js';
import { icon } from './notify-inbox-icons.js';

/**
 * @typedef {import('./types').InboxItem} Item
 * @typedef {import('./notify-inbox-words.js').Words} Words
 * @typedef {(item: Item, event: Event, url?: string) => void} Open
 */

const maxExcerpt = 140, maxActions = 3;
const severities = ['info', 'success', 'warning', 'critical'];

/** The first of title, body and data; the body only where there is a title too. @param {Item} item */
export const headline = item => item.title || item.body || excerpt(item.data) || item.type;
/** @param {Item} item */
export const details = item => (item.title ? item.body : undefined);

/** Text of at most two lines; what is cut off is its tooltip. @param {string} tag @param {Node} content */
export const clipped = (tag, content) => el(tag, { class: 'clipped', pointerenter: showAllInTooltip }, content);

/** @param {string} text @param {Words} words */
export const isolated = (text, words) => el('bdi', { lang: words.pageLang }, text);

/** @param {Item} item @param {Words} words @param {Open} open @param {object} [attributes] */
export function actionLinks(item, words, open, attributes) {
  const links = (item.actions ?? []).slice(0, maxActions).map(({ label, url }) => {
    const href = safeUrl(url);
    return href && el('a', { ...attributes, class: 'button', part: 'action', href, click: (/** @type {Event} */ event) => {
      event.stopPropagation(); // the row's own address is another one
      open(item, event, href);
    } }, isolated(label, words));
  }).filter(Boolean);
  return links.length > 0 && el('div', { class: 'links' }, ...links);
}

/** The notification's icon, or the shape of its severity. @param {Item} item @param {import('./types').InboxTexts} texts */
export function severitySign({ severity, icon: image }, texts) {
  const kind = /** @type {'info'} */ (severities.includes(severity ?? '') ? severity : 'info'), src = safeUrl(image);
  const sign = el('span', { class: `sign ${kind}`, role: 'img', 'aria-label': texts[kind] }, src ? null : icon(kind));
  if (src) sign.append(el('img', { src, alt: '', loading: 'lazy', referrerpolicy: 'no-referrer', error: () => sign.replaceChildren(icon(kind)) }));
  return sign;
}

/** @param {unknown} data @returns {string} cut between two characters as a reader sees them */
function excerpt(data) {
  if (data === undefined || data === null) return '';
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  if (text.length <= maxExcerpt) return text;
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(text.slice(0, 2 * maxExcerpt))) {
    if (index + segment.length >= maxExcerpt) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end)}…`;
}

/** @param {Event} event */
function showAllInTooltip({ currentTarget }) {
  const element = /** @type {HTMLElement} */ (currentTarget);
  element.title = element.scrollHeight > element.clientHeight ? element.textContent ?? '' : '';
}
