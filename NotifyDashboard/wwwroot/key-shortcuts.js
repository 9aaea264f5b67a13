// Ctrl+Enter (⌘ Enter) presses the button that says so by aria-keyshortcuts: the one of the dialog that has the focus, else the page's. Here and
// not by a handler of the page's: that would send every key to the server, and render the page for it.
export function pressByKeys() {
  document.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.repeat || !(event.ctrlKey || event.metaKey)) return;
    const place = event.target.closest?.('[role=dialog]') ?? document.querySelector('[data-keys]');
    const button = place?.querySelector('[aria-keyshortcuts~="Control+Enter"]');
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
