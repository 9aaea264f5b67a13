// <details data-menu>: closes by Esc, by a press elsewhere, and when the focus leaves it.
const close = kept => {
  for (const menu of document.querySelectorAll('details[data-menu][open]')) if (!menu.contains(kept)) menu.open = false;
};

export function watchMenus() {
  document.addEventListener('pointerdown', event => close(event.target));
  document.addEventListener('focusin', event => close(event.target));
  document.addEventListener('keydown', event => {
    const menu = event.key === 'Escape' && document.activeElement?.closest('details[data-menu][open]');
    if (!menu) return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
}
