/** @type {Record<string, string>} SVG paths in a viewBox of 24 by 24 */
const paths = {
  bell: 'M6.2 10.4a5.8 5.8 0 0 1 11.6 0c0 4.1 1.1 5.6 2.2 6.6H4c1.1-1 2.2-2.5 2.2-6.6ZM9.6 20a2.6 2.6 0 0 0 4.8 0',
  check: 'm5 12.6 4.6 4.6L19.4 7',
  close: 'm6.4 6.4 11.2 11.2M17.6 6.4 6.4 17.6',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  gear: 'M9.9 4.2h4.2l.5 2.3 1.7 1 2.3-.7 2 3.5-1.7 1.7v2l1.7 1.7-2 3.5-2.3-.7-1.7 1-.5 2.3H9.9l-.5-2.3-1.7-1-2.3.7-2-3.5L5.1 14v-2l-1.7-1.7 2-3.5 2.3.7 1.7-1zM12 10.2a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2',
  back: 'M19 12H5.4M11.4 5.6 5 12l6.4 6.4',
  archive: 'M3.6 4.6h16.8v4.6H3.6zM5.2 9.4v8a2 2 0 0 0 2 2h9.6a2 2 0 0 0 2-2v-8M10 13h4',
  info: 'M12 3.4a8.6 8.6 0 1 0 0 17.2 8.6 8.6 0 0 0 0-17.2M12 11.2v5M12 7.7h.01',
  success: 'M8.8 3.8h6.4a5 5 0 0 1 5 5v6.4a5 5 0 0 1-5 5H8.8a5 5 0 0 1-5-5V8.8a5 5 0 0 1 5-5M8 12.4l2.8 2.8 5.2-5.8',
  warning: 'M10.4 4.6a1.85 1.85 0 0 1 3.2 0l7.2 12.8a1.8 1.8 0 0 1-1.6 2.7H4.8a1.8 1.8 0 0 1-1.6-2.7zM12 9.4v4.4M12 16.7h.01',
  critical: 'M8.2 3.4h7.6l4.8 4.8v7.6l-4.8 4.8H8.2l-4.8-4.8V8.2zM12 7.8v5M12 16h.01',
};

const svgNamespace = 'http://www.w3.org/2000/svg';

/** @param {string} name */
export function icon(name) {
  const svg = document.createElementNS(svgNamespace, 'svg'), path = document.createElementNS(svgNamespace, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon-${name}`);
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
