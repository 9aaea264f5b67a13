// Makes elements without markup. Text is only ever set as text.

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

/** A sentence with values in place of its `{names}`, each isolated: it may be written in the other direction. @param {string} text @param {Record<string, string>} values */
export function sentence(text, values) {
  return text.split(/\{(\w+)\}/).map((part, i) => (i % 2 ? el('bdi', {}, values[part]) : part));
}

/** An address that a notification may lead to: http, https, or of this page; null for anything else. @param {string | null | undefined} url */
export function safeUrl(url) {
  if (!url || !URL.canParse(url, document.baseURI)) return null;
  const { protocol, href } = new URL(url, document.baseURI);
  return /^https?:$/.test(protocol) ? href : null;
}

/** @param {Element} element */
export const isRightToLeft = element => getComputedStyle(element).direction === 'rtl';
