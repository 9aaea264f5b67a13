// Shows passwords, copies text, checks the password rules, and shows times on the user's clock. The sign-in and set-up pages also work without it.
// Its listeners are on the document, because enhanced navigation replaces the page, but runs the script only once.

const byId = id => document.getElementById(id);

function show(button) {
  const field = byId(button.dataset.show);
  const shown = field.type === 'text';
  field.type = shown ? 'password' : 'text';
  button.setAttribute('aria-pressed', String(!shown));
  field.focus();
}

async function copy(button) {
  const line = byId(button.dataset.copy);
  const status = document.querySelector('[data-copied]');
  try {
    await navigator.clipboard.writeText(line.textContent);
    status.textContent = 'Copied.';
  } catch {
    // The clipboard is available only on secure origins. Select the text, so that the user can copy it with the keyboard.
    getSelection().selectAllChildren(line);
    status.textContent = 'Selected. Press Ctrl+C.';
  }
}

// The rules of PasswordRules.cs and CommonPasswords.cs, for immediate feedback only. The server makes the final check.
const swap = { '@': 'a', 4: 'a', 3: 'e', 1: 'i', 0: 'o', $: 's', 5: 's' };
const stem = text => text.replace(/[0-9!?.,;:*#+\-_ ]+$/, '').replace(/[@43105$]/g, c => swap[c]);
const repeats = text => [1, 2, 3, 4].some(n => text.length >= 2 * n && text.slice(n) === text.slice(0, -n));
const digit = c => c >= '0' && c <= '9';
const runs = (text, step) => [...text].every((c, i) => i === 0 || (digit(c) && digit(text[i - 1])
  ? (+text[i - 1] + step + 10) % 10 === +c : c.charCodeAt(0) - text.charCodeAt(i - 1) === step));
const isCommon = (text, list) => list.has(text) || list.has(stem(text)) || repeats(text) || runs(text, 1) || runs(text, -1);

function showRules(rules) {
  const { password, name, min, minName } = rules.dataset;
  const typed = byId(password).value, userName = byId(name).value.trim().toLowerCase(), folded = typed.toLowerCase();
  const length = [...typed].length;
  const list = new Set(rules.parentElement.querySelector('[data-common]').content.textContent.split(' '));
  const ok = {
    length: length >= +min,
    name: length > 0 && !([...userName].length >= +minName && folded.includes(userName)),
    common: length > 0 && !isCommon(folded, list),
  };
  for (const item of rules.querySelectorAll('[data-rule]')) item.classList.toggle('ok', ok[item.dataset.rule]);
  const text = rules.querySelector('[data-rule=length] span');
  text.textContent = length > 0 && length < +min ? `${length} of at least ${min} characters` : `At least ${min} characters`;
}

/** Shows the buttons that need this script, and times on the user's clock. */
function enhance() {
  for (const button of document.querySelectorAll('[data-show], [data-copy]')) button.hidden = false;
  for (const time of document.querySelectorAll('time[data-clock]'))
    time.textContent = new Date(time.dateTime).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

// The server never sends a password back, so after an error the user would have to type it again. Sending the form from here keeps the values of valid fields.
async function send(form) {
  const sent = new Map([...form.querySelectorAll('[autocomplete$=password]')].map(field => [field.id, field.value]));
  const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  if (response.redirected) return location.assign(response.url);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html'), main = page.querySelector('main');
  if (!main) throw new Error('not a page');
  document.title = page.title;
  const typed = [...sent.keys()].map(id => [id, byId(id).value]);
  document.querySelector('main').replaceWith(main);
  for (const [id, value] of response.ok ? [] : typed) {
    const field = byId(id);
    if (field && (field.ariaInvalid !== 'true' || value !== sent.get(id))) field.value = value;
  }
  enhance();
  document.querySelectorAll('[data-rules]').forEach(showRules);
  (main.querySelector('[aria-invalid=true]') ?? main.querySelector('h1'))?.focus();
}

document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.querySelector('[autocomplete=new-password]')) return;
  event.preventDefault();
  if (form.ariaBusy) return;
  form.ariaBusy = 'true';
  // If the request fails, a normal submit makes the browser show the error.
  send(form).catch(() => form.submit());
});
document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-show], [data-copy]');
  if (button?.dataset.show) show(button);
  else if (button) copy(button);
});
document.addEventListener('input', () => document.querySelectorAll('[data-rules]').forEach(showRules));
addEventListener('DOMContentLoaded', () => window.Blazor?.addEventListener?.('enhancedload', enhance));
enhance();
