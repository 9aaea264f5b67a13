// An inbox that is open when the page is loaded again, because the server was restarted, opens again.
const key = 'open-inbox';
const inbox = () => document.querySelector('notify-inbox');

export function keepOpenInbox() {
  try { if (inbox()?.open) sessionStorage.setItem(key, 'yes'); } catch { /* Storage is forbidden: it stays closed. */ }
}

export async function reopenInbox() {
  try {
    if (!sessionStorage.getItem(key)) return;
    sessionStorage.removeItem(key);
  } catch { return; }
  await customElements.whenDefined('notify-inbox');
  inbox()?.show();
}
