// Ctrl+Enter (⌘ Enter) presses the page's button with that aria-keyshortcuts; Enter in a field of a dialog's form submits that, where the kit's
// pickers would open. Here and not by handlers of the page's: those would send every key to the server, and render the page for it.
export function pressByKeys() {
  document.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.repeat || event.isComposing) return;
    const dialog = document.querySelector('.mud-dialog');
    const form = event.target.matches?.('input') && event.target.closest('[role=dialog] form');
    const button = !dialog && (event.ctrlKey || event.metaKey) && document.querySelector('[aria-keyshortcuts~="Control+Enter"]');
    if (!form && !button) return;
    event.preventDefault();
    event.stopPropagation();
    if (form) form.requestSubmit();
    else button.click();
  }, true);
}
