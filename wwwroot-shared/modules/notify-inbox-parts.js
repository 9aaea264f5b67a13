// Pieces of the inbox's page. Text is only ever set as text.

/** @type {Record<string, string>} on a grid of 24 */
const paths = {
  bell: 'M6.2 10.4a5.8 5.8 0 0 1 11.6 0c0 4.1 1.1 5.6 2.2 6.6H4c1.1-1 2.2-2.5 2.2-6.6ZM9.6 20a2.6 2.6 0 0 0 4.8 0',
  check: 'm5 12.6 4.6 4.6L19.4 7', x: 'm6.4 6.4 11.2 11.2M17.6 6.4 6.4 17.6', clock: 'M12 3.8a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.4M12 7.4V12l3.2 2',
  gear: 'M9.9 4.2h4.2l.5 2.3 1.7 1 2.3-.7 2 3.5-1.7 1.7v2l1.7 1.7-2 3.5-2.3-.7-1.7 1-.5 2.3H9.9l-.5-2.3-1.7-1-2.3.7-2-3.5L5.1 14v-2l-1.7-1.7 2-3.5 2.3.7 1.7-1zM12 10.2a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2', back: 'M19 12H5.4M11.4 5.6 5 12l6.4 6.4',
  archive: 'M3.6 4.6h16.8v4.6H3.6zM5.2 9.4v8a2 2 0 0 0 2 2h9.6a2 2 0 0 0 2-2v-8M10 13h4',
  info: 'M12 3.4a8.6 8.6 0 1 0 0 17.2 8.6 8.6 0 0 0 0-17.2M12 11.2v5M12 7.7h.01',
  success: 'M8.8 3.8h6.4a5 5 0 0 1 5 5v6.4a5 5 0 0 1-5 5H8.8a5 5 0 0 1-5-5V8.8a5 5 0 0 1 5-5M8 12.4l2.8 2.8 5.2-5.8',
  warning: 'M10.4 4.6a1.85 1.85 0 0 1 3.2 0l7.2 12.8a1.8 1.8 0 0 1-1.6 2.7H4.8a1.8 1.8 0 0 1-1.6-2.7zM12 9.4v4.4M12 16.7h.01',
  critical: 'M8.2 3.4h7.6l4.8 4.8v7.6l-4.8 4.8H8.2l-4.8-4.8V8.2zM12 7.8v5M12 16h.01',
};

/** @param {string} name */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg'), path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

/**
 * @param {string} tag @param {Record<string, any>} [with_] attributes; what is a function listens @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function el(tag, with_ = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(with_)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(.../** @type {(Node | string)[]} */ (children.filter(Boolean)));
  return element;
}

/** An address to go to: http, https, or of this page; null is anything else. @param {string | null | undefined} url */
export function link(url) {
  if (!url || !URL.canParse(url, document.baseURI)) return null;
  const { protocol, href } = new URL(url, document.baseURI);
  return /^https?:$/.test(protocol) ? href : null;
}

/** What a notification looks like at its side: its icon, or the shape of its severity. @param {import('./types').Notification} n @param {import('./types').InboxTexts} texts */
export function sign({ severity, icon: image }, texts) {
  const kind = /** @type {'info'} */ (['info', 'success', 'warning', 'critical'].includes(severity ?? '') ? severity : 'info'), src = link(image);
  const box = el('span', { class: `sign ${kind}`, role: 'img', 'aria-label': texts[kind] }, src ? null : icon(kind));
  if (src) box.append(el('img', { src, alt: '', loading: 'lazy', referrerpolicy: 'no-referrer', error: () => box.replaceChildren(icon(kind)) }));
  return box;
}
