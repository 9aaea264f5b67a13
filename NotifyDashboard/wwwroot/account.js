// Sign-in and set-up pages: shows passwords, copies the first line, ticks the password rules off. Everything works without it.
// Listens on the document: enhanced navigation swaps the page under a script that runs only once.

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
  const said = document.querySelector('[data-copied]');
  try {
    await navigator.clipboard.writeText(line.textContent);
    said.textContent = 'Copied.';
  } catch {
    // Only secure origins have a clipboard: select it, the keyboard does the rest.
    getSelection().selectAllChildren(line);
    said.textContent = 'Selected. Press Ctrl+C.';
  }
}

// The rules of PasswordRules.cs and CommonPasswords.cs, for the eye alone: the server judges.
const swap = { '@': 'a', 4: 'a', 3: 'e', 1: 'i', 0: 'o', $: 's', 5: 's' };
const stem = text => text.replace(/[0-9!?.,;:*#+\-_ ]+$/, '').replace(/[@43105$]/g, c => swap[c]);
const repeats = text => [1, 2, 3, 4].some(n => text.length >= 2 * n && text.slice(n) === text.slice(0, -n));
const digit = c => c >= '0' && c <= '9';
const runs = (text, step) => [...text].every((c, i) => i === 0 || (digit(c) && digit(text[i - 1])
  ? (+text[i - 1] + step + 10) % 10 === +c : c.charCodeAt(0) - text.charCodeAt(i - 1) === step));
const isCommon = (text, list) => list.has(text) || list.has(stem(text)) || repeats(text) || runs(text, 1) || runs(text, -1);

function tick(rules) {
  const { password, name, min, minName } = rules.dataset;
  const typed = byId(password).value, who = byId(name).value.trim().toLowerCase(), folded = typed.toLowerCase();
  const length = [...typed].length;
  const list = new Set(rules.parentElement.querySelector('[data-common]').content.textContent.split(' '));
  const ok = {
    length: length >= +min,
    name: length > 0 && !([...who].length >= +minName && folded.includes(who)),
    common: length > 0 && !isCommon(folded, list),
  };
  for (const item of rules.querySelectorAll('[data-rule]')) item.classList.toggle('ok', ok[item.dataset.rule]);
  const words = rules.querySelector('[data-rule=length] span');
  words.textContent = length > 0 && length < +min ? `${length} of at least ${min} characters` : `At least ${min} characters`;
}

function dress() {
  for (const button of document.querySelectorAll('[data-show], [data-copy]')) button.hidden = false;
  for (const time of document.querySelectorAll('time[data-clock]'))
    time.textContent = new Date(time.dateTime).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

// A page never holds a password, so a refused form would come back without them. Sent from here, what was typed stays in the fields that are not at fault.
async function send(form) {
  const sent = new Map([...form.querySelectorAll('[autocomplete$=password]')].map(field => [field.id, field.value]));
  const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  if (answer.redirected) return location.assign(answer.url);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html'), main = page.querySelector('main');
  if (!main) throw new Error('not a page');
  document.title = page.title;
  const typed = [...sent.keys()].map(id => [id, byId(id).value]);
  document.querySelector('main').replaceWith(main);
  for (const [id, value] of answer.ok ? [] : typed) {
    const field = byId(id);
    if (field && (field.ariaInvalid !== 'true' || value !== sent.get(id))) field.value = value;
  }
  dress();
  document.querySelectorAll('[data-rules]').forEach(tick);
  (main.querySelector('[aria-invalid=true]') ?? main.querySelector('h1'))?.focus();
}

document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.querySelector('[autocomplete=new-password]')) return;
  event.preventDefault();
  if (form.ariaBusy) return;
  form.ariaBusy = 'true';
  // Without an answer to show, the browser's own way shows what is wrong.
  send(form).catch(() => form.submit());
});
document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-show], [data-copy]');
  if (button?.dataset.show) show(button);
  else if (button) copy(button);
});
document.addEventListener('input', () => document.querySelectorAll('[data-rules]').forEach(tick));
addEventListener('DOMContentLoaded', () => window.Blazor?.addEventListener?.('enhancedload', dress));
dress();
