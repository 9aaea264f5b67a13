// The parts of a notification that rows and toasts share. Texts can have any direction, so each element sets its own.
import { el, safeUrl } from './notify-inbox-dom.js';
import { icon } from './notify-inbox-icons.js';

/**
 * @typedef {import('../types').InboxItem} Item
 * @typedef {import('./notify-inbox-words.js').Words} Words
 * @typedef {(item: Item, event: Event, url?: string) => void} Open
 */

const maxExcerpt = 140, maxActions = 3;
const severities = ['info', 'success', 'warning', 'critical'];

/** The first of title, body, data and type. @param {Item} item */
export const headline = item => item.title || item.body || excerpt(item.data) || item.type;
/** The body, unless it is the headline. @param {Item} item */
export const details = item => (item.title ? item.body : undefined);

/** At most two lines of text; the tooltip shows all of it. @param {string} tag @param {string} text @param {Words} words */
export const clipped = (tag, text, words) => el(tag, { class: 'clipped', dir: 'auto', lang: words.pageLang, pointerenter: showAllInTooltip }, text);

/** @param {Item} item @param {Words} words @param {Open} open @param {object} [attributes] */
export function actionLinks(item, words, open, attributes) {
  const links = (item.actions ?? []).slice(0, maxActions).map(({ label, url }) => {
    const href = safeUrl(url);
    return href && el('a', { ...attributes, class: 'button', part: 'action', href, click: (/** @type {Event} */ event) => {
      event.stopPropagation(); // a click on the row would open the row's own URL
      open(item, event, href);
    } }, el('bdi', { lang: words.pageLang }, label));
  }).filter(Boolean);
  return links.length > 0 && el('div', { class: 'links' }, ...links);
}

/** The notification's icon, or the shape of its severity. @param {Item} item @param {import('../types').InboxTexts} texts */
export function severitySign({ severity, icon: image }, texts) {
  const kind = /** @type {'info'} */ (severities.includes(severity ?? '') ? severity : 'info'), src = safeUrl(image);
  const sign = el('span', { class: `sign ${kind}`, role: 'img', 'aria-label': texts[kind] }, src ? null : icon(kind));
  if (src) sign.append(el('img', { src, alt: '', loading: 'lazy', referrerpolicy: 'no-referrer', error: () => sign.replaceChildren(icon(kind)) }));
  return sign;
}

/** @param {unknown} data @returns {string} cut at a grapheme boundary */
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
