// <details data-menu>: closes by Esc, by a press elsewhere, and when the focus leaves it. Menus of the kit: close by Esc.
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
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') closeKitMenu(event);
  }, true);
}

// A menu of the kit hears Escape only from its items: not while its button has the focus, as it does after a click, and never when there are no items.
// A second press on its button closes it in each case.
function closeKitMenu(event) {
  const button = document.querySelector('[aria-haspopup=menu][aria-expanded=true]');
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  button.click();
  button.focus();
  // As the server will render it. Until then, another Escape must not open the menu again.
  button.setAttribute('aria-expanded', 'false');
}
