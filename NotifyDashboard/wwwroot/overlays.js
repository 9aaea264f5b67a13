// Dialogs and menus that the server renders as plain elements.
//
// <dialog data-modal>: made modal as soon as it stands in the page; Esc presses its [data-cancel]; when it goes, the focus goes back.
// <details data-menu>: closes by Esc, by a press elsewhere, when the focus leaves it, and by a press on a [data-close] in it.
/** @type {Map<HTMLDialogElement, Element | null>} each open dialog, and what had the focus before it */
const opened = new Map();

/** @param {HTMLDialogElement} dialog */
function open(dialog) {
  if (dialog.open) return;
  opened.set(dialog, document.activeElement);
  dialog.addEventListener('cancel', event => { event.preventDefault(); dialog.querySelector('[data-cancel]')?.click(); });
  dialog.showModal();
}

function look() {
  for (const [dialog, before] of opened) {
    if (dialog.isConnected) continue;
    opened.delete(dialog);
    if (before?.isConnected && (document.activeElement === null || document.activeElement === document.body)) before.focus();
  }
  for (const dialog of document.querySelectorAll('dialog[data-modal]')) open(dialog);
}

const closeMenus = kept => {
  for (const menu of document.querySelectorAll('details[data-menu][open]')) if (!menu.contains(kept)) menu.open = false;
};

export function watchOverlays() {
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
  look();
  document.addEventListener('pointerdown', event => closeMenus(event.target));
  document.addEventListener('click', event => {
    const menu = event.target.closest?.('[data-close]')?.closest('details[data-menu]');
    if (!menu) return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
  document.addEventListener('focusin', event => closeMenus(event.target));
  document.addEventListener('keydown', event => {
    const menu = event.key === 'Escape' && document.activeElement?.closest('details[data-menu][open]');
    if (!menu) return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
}
