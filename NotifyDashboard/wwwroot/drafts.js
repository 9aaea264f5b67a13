// Keeps what was typed under [data-draft="key"] in this tab: over a reload, a lost circuit, and a look at another page. It is kept until
// draftDone() says that it is saved. Fields need a name or an id; passwords and files are never kept.
// What the server alone holds (the kit's selects, chips and pickers) it writes into the data-kept of a hidden field, and gets it back as if it
// were typed there.
const never = ['password', 'file', 'hidden'];
// Another operator may sign in in the same tab.
const owner = () => document.querySelector('main')?.dataset.owner ?? '';
const place = () => `draft:${owner()}:${location.pathname}${location.search}`;
const fieldsOf = box => [...box.querySelectorAll('input, textarea, select')].filter(f => (f.name || f.id) && !never.includes(f.type));
const nameOf = f => (f.type === 'radio' ? `${f.name}=${f.value}` : f.name || f.id);
const keyOf = (box, f) => `${box.dataset.draft}/${nameOf(f)}`;
const hasMark = f => f.type === 'checkbox' || f.type === 'radio';
const valueOf = f => f.dataset.kept ?? (hasMark(f) ? f.checked : f.value);
const isChanged = f => (hasMark(f) ? f.checked !== f.defaultChecked : 'defaultValue' in f && f.value !== f.defaultValue);
const keptDraft = () => JSON.parse(sessionStorage.getItem(place()) ?? '{}');
const all = () => [...document.querySelectorAll('[data-draft]')].flatMap(box => fieldsOf(box).map(f => [keyOf(box, f), f]));

const touched = new Set();
/** What is in the fields was fired, and stays in them: with the next change all of it is a draft. */
let isDone = false;
/** @type {Set<Element> | null} fields changed while the connection was down */
let late = null;

export function keepDrafts() {
  const note = event => {
    const box = event.target.closest?.('[data-draft]');
    if (!box || !(event.target.name || event.target.id)) return;
    if (isDone) touchAll();
    touched.add(keyOf(box, event.target));
    late?.add(event.target);
    save();
  };
  document.addEventListener('input', note, true);
  document.addEventListener('change', note, true);
  new MutationObserver(changes => {
    for (const { target } of changes) note({ target });
  }).observe(document.body, { subtree: true, attributeFilter: ['data-kept'] });
  // Typed before this script was there.
  for (const [key, f] of all()) if (isChanged(f)) touched.add(key);
  if (touched.size) save();
}

/** The draft was submitted: a later page starts without it. */
export function draftDone() {
  touched.clear();
  sessionStorage.removeItem(place());
  isDone = true;
}

/** The draft is not wanted any more, and neither is what the address filled in. */
export function draftCleared() {
  draftDone();
  isDone = false;
  history.replaceState(history.state, '', location.pathname);
}

/** The fields were filled in by the server: from now on that is the draft. */
export function keepAll() {
  touchAll();
  save();
}

function touchAll() {
  for (const [key] of all()) touched.add(key);
  isDone = false;
}

function save() {
  // On what was kept: before the page is restored only a part of it has been touched again.
  const kept = keptDraft();
  for (const [key, f] of all())
    if (touched.has(key)) kept[key] = valueOf(f);
  delete kept['@focus'];
  const active = document.activeElement, box = active?.closest?.('[data-draft]');
  if (box && (active.name || active.id)) kept['@focus'] = [keyOf(box, active), active.selectionStart ?? null];
  sessionStorage.setItem(place(), JSON.stringify(kept));
}

/** The line is down: what is typed from here on the server does not hear of. */
export function markForRestore() {
  late ??= new Set();
  if (touched.size) save();
}

/** The same circuit is back: the server hears what it missed. */
export function forgetRestore() {
  const missed = late;
  late = null;
  for (const f of missed ?? []) if (f.isConnected) tell(f);
}

/** Called once the circuit has rendered. */
export function restoreDrafts() {
  const kept = keptDraft();
  for (const [key, f] of all()) {
    if (!(key in kept)) continue;
    // The server has not received what was typed while the circuit was starting, and the circuit may have rendered the field again without it.
    const isUntold = touched.has(key);
    touched.add(key);
    const property = typeof kept[key] === 'boolean' ? 'checked' : 'value';
    if (valueOf(f) === kept[key] && !isUntold) continue;
    f[property] = kept[key];
    tell(f);
  }
  if (performance.getEntriesByType('navigation')[0]?.type === 'reload') focusAgain(kept['@focus']);
  if (touched.size) save();
}

function focusAgain([focused, caret] = []) {
  const field = all().find(([key]) => key === focused)?.[1];
  field?.focus();
  try { field?.setSelectionRange(caret, caret); } catch { /* a field without a caret */ }
}

// A change of a field of words would end the one that is being typed.
const tell = f => { for (const type of f.dataset.separator === undefined ? ['input', 'change'] : ['input']) f.dispatchEvent(new Event(type, { bubbles: true })); };
