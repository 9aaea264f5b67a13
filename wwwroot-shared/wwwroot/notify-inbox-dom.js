// Creates elements without parsing HTML; strings are always inserted as text.

/**
 * @param {string} tag @param {Record<string, any>} [attributes] a function is an event listener; null, undefined and false leave the attribute out
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(.../** @type {(Node | string)[]} */ (children.filter(Boolean)));
  return element;
}

/** Replaces the `{placeholders}` of a text by values. Each value is in a <bdi>, because it may have another direction. @param {string} text @param {Record<string, string>} values */
export function sentence(text, values) {
  return text.split(/\{(\w+)\}/).map((part, i) => (i % 2 ? el('bdi', {}, values[part]) : part));
}

/** The absolute URL of a link; null unless it is http or https. A relative URL is resolved against the page. @param {string | null | undefined} url */
export function safeUrl(url) {
  if (!url || !URL.canParse(url, document.baseURI)) return null;
  const { protocol, href } = new URL(url, document.baseURI);
  return /^https?:$/.test(protocol) ? href : null;
}

/** @param {Element} element */
export const isRightToLeft = element => getComputedStyle(element).direction === 'rtl';
