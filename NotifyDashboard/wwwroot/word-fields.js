// In a field with data-words, Enter and (data-words=",") a comma end a word: the server hears it as a change, and the field is empty at once. Emptied
// by the server, it would lose what was typed until the answer came.
export function splitWords() {
  document.addEventListener('keydown', event => {
    const field = event.target.closest?.('[data-words]');
    if (!field || event.isComposing || event.ctrlKey || event.metaKey || ![field.dataset.words, 'Enter'].includes(event.key)) return;
    event.preventDefault();
    field.dispatchEvent(new Event('change', { bubbles: true }));
    field.value = '';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
