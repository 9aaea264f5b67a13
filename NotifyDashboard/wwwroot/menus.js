// Closes <details data-menu> on Escape, on a press outside, and when the focus leaves it. Closes MudBlazor's menus on Escape.
const closeOthers = target => {
  for (const menu of document.querySelectorAll('details[data-menu][open]')) if (!menu.contains(target)) menu.open = false;
};

export function watchMenus() {
  document.addEventListener('pointerdown', event => closeOthers(event.target));
  document.addEventListener('focusin', event => closeOthers(event.target));
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

// A MudBlazor menu handles Escape only on its items: not while its button has the focus (as after a click), and never if it has no items. A second
// click on its button always closes it.
function closeKitMenu(event) {
  const button = document.querySelector('[aria-haspopup=menu][aria-expanded=true]');
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  button.click();
  button.focus();
  // The server will render this value too. Set it now, so that another Escape does not open the menu again.
  button.setAttribute('aria-expanded', 'false');
}
