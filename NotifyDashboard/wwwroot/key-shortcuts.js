// Ctrl+Enter (⌘ Enter) clicks the page's button with this shortcut in aria-keyshortcuts. Enter in a field of a dialog's form submits the form, where
// MudBlazor's pickers would open instead. Blazor handlers would send every key to the server and render the page each time.
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
