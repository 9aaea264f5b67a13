// A paste that is larger than the circuit takes would cut it. Within [data-max-paste="characters"] it is refused before it is in the field,
// and [data-paste-refused] in the same element shows it.
export function refuseLongPastes() {
  document.addEventListener('beforeinput', event => {
    const box = event.target.closest?.('[data-max-paste]'), most = Number(box?.dataset.maxPaste);
    const notice = box?.querySelector('[data-paste-refused]');
    if (!notice) return;
    const length = (event.data ?? event.dataTransfer?.getData('text/plain') ?? '').length;
    notice.hidden = !(length > most);
    if (notice.hidden) return;
    event.preventDefault();
    notice.textContent = `Not pasted: that has ${length.toLocaleString('en')} characters. Nothing here takes so much; paste a part of it.`;
  }, true);
}
