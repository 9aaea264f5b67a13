// Loaded before the first paint, so that no page flashes in the wrong theme. The choice is light, dark or system (the default, which is not stored).
(() => {
  const key = 'theme', root = document.documentElement, system = matchMedia('(prefers-color-scheme: dark)');
  const words = { system: 'Theme: follows the system', light: 'Theme: light', dark: 'Theme: dark' };
  const next = { system: 'light', light: 'dark', dark: 'system' };
  let choice = 'system';
  try { choice = localStorage.getItem(key) ?? choice; } catch { /* storage forbidden: the choice holds for this page */ }
  if (!(choice in words)) choice = 'system';

  function apply() {
    root.dataset.theme = choice === 'system' ? (system.matches ? 'dark' : 'light') : choice;
    root.dataset.themeChoice = choice;
    for (const button of document.querySelectorAll('[data-theme-button]')) {
      button.setAttribute('aria-label', words[choice]);
      button.title = words[choice];
    }
  }

  apply();
  system.addEventListener('change', apply);
  document.addEventListener('DOMContentLoaded', apply);
  addEventListener('storage', event => { if (event.key === key) { choice = event.newValue ?? 'system'; apply(); } });
  document.addEventListener('click', event => {
    if (!event.target.closest?.('[data-theme-button]')) return;
    choice = next[choice];
    try { choice === 'system' ? localStorage.removeItem(key) : localStorage.setItem(key, choice); } catch { /* see above */ }
    apply();
  });
})();
