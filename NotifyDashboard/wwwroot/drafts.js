// Keeps what was typed under [data-draft="key"] over a forced reload. Fields need a name or an id; passwords and files are never kept.
// After a saved form: document.dispatchEvent(new Event('draft-done')).
const wanted = 'draft:restore';
const never = ['password', 'file', 'hidden'];
const place = () => `draft:${location.pathname}${location.search}`;
const fieldsOf = box => [...box.querySelectorAll('input, textarea, select')].filter(f => (f.name || f.id) && !never.includes(f.type));
const nameOf = f => (f.type === 'radio' ? `${f.name}=${f.value}` : f.name || f.id);
const keyOf = (box, f) => `${box.dataset.draft}/${nameOf(f)}`;
const all = () => [...document.querySelectorAll('[data-draft]')].flatMap(box => fieldsOf(box).map(f => [keyOf(box, f), f]));

const touched = new Set();
/** @type {Set<Element> | null} fields changed while the connection was down */
let late = null;

export function keepDrafts() {
  const note = event => {
    const box = event.target.closest?.('[data-draft]');
    if (!box || !(event.target.name || event.target.id)) return;
    touched.add(keyOf(box, event.target));
    late?.add(event.target);
    save();
  };
  document.addEventListener('input', note, true);
  document.addEventListener('change', note, true);
  document.addEventListener('draft-done', () => { touched.clear(); sessionStorage.removeItem(place()); });
}

function save() {
  const kept = {};
  for (const [key, f] of all())
    if (touched.has(key)) kept[key] = f.type === 'checkbox' || f.type === 'radio' ? f.checked : f.value;
  const active = document.activeElement, box = active?.closest?.('[data-draft]');
  if (box && (active.name || active.id)) kept['@focus'] = [keyOf(box, active), active.selectionStart ?? null];
  sessionStorage.setItem(place(), JSON.stringify(kept));
}

/** The page may be reloaded soon: what stands in its fields then comes back. */
export function markForRestore() {
  late ??= new Set();
  if (touched.size) save();
  sessionStorage.setItem(wanted, place());
}

/** The same circuit is back: the server hears what it missed. */
export function forgetRestore() {
  sessionStorage.removeItem(wanted);
  const missed = late;
  late = null;
  for (const f of missed ?? []) if (f.isConnected) tell(f);
}

/** Called once the circuit has rendered. */
export function restoreDrafts() {
  const due = sessionStorage.getItem(wanted) === place();
  sessionStorage.removeItem(wanted);
  if (!due) {
    if (!touched.size) sessionStorage.removeItem(place());
    return;
  }
  const kept = JSON.parse(sessionStorage.getItem(place()) ?? '{}');
  for (const [key, f] of all()) {
    if (!(key in kept)) continue;
    touched.add(key);
    if (typeof kept[key] === 'boolean') { if (f.checked === kept[key]) continue; f.checked = kept[key]; }
    else f.value = kept[key];
    tell(f);
    if (kept['@focus']?.[0] !== key) continue;
    f.focus();
    try { f.setSelectionRange(kept['@focus'][1], kept['@focus'][1]); } catch { /* a field without a caret */ }
  }
  if (touched.size) save();
}

const tell = f => { for (const type of ['input', 'change']) f.dispatchEvent(new Event(type, { bubbles: true })); };
