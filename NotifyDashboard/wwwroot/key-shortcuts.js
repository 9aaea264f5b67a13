// Ctrl+Enter (⌘ Enter) presses the button that says so by aria-keyshortcuts, within the nearest [data-keys]. Here and not by a handler of the
// page's: that would send every key to the server, and render the page for it.
export function pressByKeys() {
  document.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.repeat || !(event.ctrlKey || event.metaKey)) return;
    const button = event.target.closest?.('[data-keys]')?.querySelector('[aria-keyshortcuts~="Control+Enter"]');
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
