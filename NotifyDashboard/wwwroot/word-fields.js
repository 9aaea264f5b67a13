// In a field with data-separator, Enter and (data-separator=",") a comma end a word, and so does leaving it: the server hears of it as a change, and the
// field is emptied here. Emptied by the server, it would lose what was typed until the answer came. While nobody listens the text stays.
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
  // Left with a word in it. Blazor's own listener comes first.
  document.addEventListener('change', event => {
    const field = event.target.closest?.('[data-separator]');
    if (field && event.isTrusted && isLive()) setTimeout(() => empty(field));
  });
}
