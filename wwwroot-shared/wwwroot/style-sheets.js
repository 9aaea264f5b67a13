// A constructed style sheet belongs to one document. An element that moves to another document (a frame, a popup) loses its sheets and needs sheets of that document.

/** @type {WeakMap<Document, Map<string, CSSStyleSheet>>} one sheet per text and document, shared by all elements; not by window, because a window can have several documents in turn */
const sheetsByDocument = new WeakMap();

/**
 * Adds styles to a shadow root, unless it has them. Call it whenever its element is connected.
 * A constructed sheet needs no exception in the content security policy.
 * @param {ShadowRoot} root @param {...string} texts CSS
 */
export function adoptStyles(root, ...texts) {
  const { ownerDocument } = root, view = ownerDocument.defaultView;
  if (!view) return; // a document without a window is not rendered
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
