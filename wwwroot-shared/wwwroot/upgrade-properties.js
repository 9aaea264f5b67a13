/**
 * Frameworks may set a property before the element is defined. Such a property hides the accessor, so this sets it again through the accessor.
 * @param {HTMLElement} element @param {string[]} names
 */
export const upgradeProperties = (element, names) => {
  const own = /** @type {Record<string, any>} */ (/** @type {unknown} */ (element));
  for (const name of names) {
    if (!Object.hasOwn(own, name)) continue;
    const value = own[name];
    delete own[name];
    own[name] = value;
  }
};
