// A constructed style sheet belongs to one document. An element that is moved to another document (a frame, a popup) loses its sheets and needs some of that document.

/** @type {WeakMap<Document, Map<string, CSSStyleSheet>>} one sheet for each text and document, whatever the number of elements; a window outlives its documents */
const sheetsByDocument = new WeakMap();

/**
 * Gives a shadow root these styles, unless it has them. Call it whenever its element is connected.
 * A constructed sheet needs no exception in a content security policy.
 * @param {ShadowRoot} root @param {...string} texts CSS
 */
export function adoptStyles(root, ...texts) {
  const { ownerDocument } = root, view = ownerDocument.defaultView;
  if (!view) return; // a document without a window shows nothing
  const sheets = sheetsByDocument.get(ownerDocument) ?? new Map();
  sheetsByDocument.set(ownerDocument, sheets);
  for (const text of texts) {
    if (!sheets.has(text)) {
      const sheet = new /** @type {any} */ (view).CSSStyleSheet();
      sheet.replaceSync(text);
      sheets.set(text, sheet);
    }
    const sheet = sheets.get(text);
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  }
}
