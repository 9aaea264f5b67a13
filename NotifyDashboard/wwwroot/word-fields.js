// In a field with data-separator, Enter, the separator (such as ",") and leaving the field end a word: the server gets a change event, and this module
// empties the field. If the server emptied it, the field would lose what is typed before the response. Without a connection the text stays.
const isLive = () => document.documentElement.dataset.line === 'live';

function empty(field) {
  field.value = '';
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

export function splitWords() {
  document.addEventListener('keydown', event => {
    const field = event.target.closest?.('[data-separator]');
    if (!field || event.isComposing || event.ctrlKey || event.metaKey || ![field.dataset.separator, 'Enter'].includes(event.key)) return;
    event.preventDefault();
    if (!isLive()) return;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    empty(field);
  });
  // The user has left the field. Emptied in a later task, because Blazor's listener must read the value first.
  document.addEventListener('change', event => {
    const field = event.target.closest?.('[data-separator]');
    if (field && event.isTrusted && isLive()) setTimeout(() => empty(field));
  });
}
