// Saves the values of the fields under [data-draft="key"] for this tab, over a reload, a lost circuit and a visit to another page, until
// draftDone() is called. Fields need a name or an id; passwords and files are never saved.
// State that only the server has (MudBlazor's selects, chips and pickers) is in the attribute data-kept of a hidden field. When a draft is
// restored, the server gets it as if it had been typed into that field.
const excludedTypes = ['password', 'file', 'hidden'];
// Part of the storage key, because another operator may sign in in the same tab.
const owner = () => document.querySelector('main')?.dataset.owner ?? '';
const storageKey = () => `draft:${owner()}:${location.pathname}${location.search}`;
const fieldsOf = container => [...container.querySelectorAll('input, textarea, select')].filter(f => (f.name || f.id) && !excludedTypes.includes(f.type));
const nameOf = f => (f.type === 'radio' ? `${f.name}=${f.value}` : f.name || f.id);
const keyOf = (container, f) => `${container.dataset.draft}/${nameOf(f)}`;
const isCheckable = f => f.type === 'checkbox' || f.type === 'radio';
const valueOf = f => f.dataset.kept ?? (isCheckable(f) ? f.checked : f.value);
const isChanged = f => (isCheckable(f) ? f.checked !== f.defaultChecked : 'defaultValue' in f && f.value !== f.defaultValue);
const savedDraft = () => JSON.parse(sessionStorage.getItem(storageKey()) ?? '{}');
const allFields = () => [...document.querySelectorAll('[data-draft]')].flatMap(container => fieldsOf(container).map(f => [keyOf(container, f), f]));

/** The keys of the fields that belong to the draft. */
const edited = new Set();
/** Whether the values were submitted but are still in the fields: after the next change, all of them are a draft again. */
let isDone = false;
/** @type {Set<Element> | null} fields changed while the connection was down */
let changedOffline = null;

export function keepDrafts() {
  const onChange = event => {
    const container = event.target.closest?.('[data-draft]');
    if (!container || !(event.target.name || event.target.id)) return;
    if (isDone) addAllFields();
    edited.add(keyOf(container, event.target));
    changedOffline?.add(event.target);
    save();
  };
  document.addEventListener('input', onChange, true);
  document.addEventListener('change', onChange, true);
  new MutationObserver(changes => {
    for (const { target } of changes) onChange({ target });
  }).observe(document.body, { subtree: true, attributeFilter: ['data-kept'] });
  // Fields that were changed before this script ran.
  for (const [key, f] of allFields()) if (isChanged(f)) edited.add(key);
  if (edited.size) save();
}

/** The draft was submitted: deletes the saved copy. */
export function draftDone() {
  edited.clear();
  sessionStorage.removeItem(storageKey());
  isDone = true;
}

/** The draft was discarded: deletes the saved copy, and the query from which the fields were filled. */
export function draftCleared() {
  draftDone();
  isDone = false;
  history.replaceState(history.state, '', location.pathname);
}

/** The server has filled the fields: saves all of them as the draft. */
export function keepAll() {
  addAllFields();
  save();
}

function addAllFields() {
  for (const [key] of allFields()) edited.add(key);
  isDone = false;
}

function save() {
  // Keeps the other saved values: before the draft is restored, only some of its fields have been edited again.
  const draft = savedDraft();
  for (const [key, f] of allFields())
    if (edited.has(key)) draft[key] = valueOf(f);
  delete draft['@focus'];
  const active = document.activeElement, container = active?.closest?.('[data-draft]');
  if (container && (active.name || active.id)) draft['@focus'] = [keyOf(container, active), active.selectionStart ?? null];
  sessionStorage.setItem(storageKey(), JSON.stringify(draft));
}

/** The connection is down: from now on, records the changes that do not reach the server. */
export function markForRestore() {
  changedOffline ??= new Set();
  if (edited.size) save();
}

/** The same circuit is connected again: sends the changes that did not reach the server. */
export function forgetRestore() {
  const fields = changedOffline;
  changedOffline = null;
  for (const f of fields ?? []) if (f.isConnected) dispatchChange(f);
}

/** Restores the saved values; called once the circuit has rendered. */
export function restoreDrafts() {
  const draft = savedDraft();
  for (const [key, f] of allFields()) {
    if (!(key in draft)) continue;
    // A change made before the circuit was ready has not reached the server, and the first render may have replaced the field without it.
    const isUnsent = edited.has(key);
    edited.add(key);
    const property = typeof draft[key] === 'boolean' ? 'checked' : 'value';
    if (valueOf(f) === draft[key] && !isUnsent) continue;
    f[property] = draft[key];
    dispatchChange(f);
  }
  if (performance.getEntriesByType('navigation')[0]?.type === 'reload') restoreFocus(draft['@focus']);
  if (edited.size) save();
}

function restoreFocus([focused, caret] = []) {
  const field = allFields().find(([key]) => key === focused)?.[1];
  field?.focus();
  try { field?.setSelectionRange(caret, caret); } catch { /* a field without a caret */ }
}

// A field with data-separator gets no change event, because that would end the word that is being typed (word-fields.js).
const dispatchChange = f => { for (const type of f.dataset.separator === undefined ? ['input', 'change'] : ['input']) f.dispatchEvent(new Event(type, { bubbles: true })); };
