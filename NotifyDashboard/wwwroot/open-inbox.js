// Reopens an open inbox after the page is reloaded because the server was restarted.
const key = 'open-inbox';
const inbox = () => document.querySelector('notify-inbox');

export function keepOpenInbox() {
  try { if (inbox()?.open) sessionStorage.setItem(key, 'yes'); } catch { /* Storage is forbidden: the inbox stays closed. */ }
}

export async function reopenInbox() {
  try {
    if (!sessionStorage.getItem(key)) return;
    sessionStorage.removeItem(key);
  } catch { return; }
  await customElements.whenDefined('notify-inbox');
  inbox()?.show();
}
