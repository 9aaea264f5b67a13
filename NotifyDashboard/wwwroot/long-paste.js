// A paste larger than the maximum message of the circuit would end the circuit. Under [data-max-paste="characters"], a longer insertion is cancelled,
// and [data-paste-refused] in the same element shows a notice.
export function refuseLongPastes() {
  document.addEventListener('beforeinput', event => {
    const container = event.target.closest?.('[data-max-paste]'), max = Number(container?.dataset.maxPaste);
    const notice = container?.querySelector('[data-paste-refused]');
    if (!notice) return;
    const length = (event.data ?? event.dataTransfer?.getData('text/plain') ?? '').length;
    notice.hidden = !(length > max);
    if (notice.hidden) return;
    event.preventDefault();
    notice.textContent = `Not pasted: that has ${length.toLocaleString('en')} characters. Nothing here takes so much; paste a part of it.`;
  }, true);
}
