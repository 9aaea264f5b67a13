// What arrives without a badge, and when: what is muted, quiet hours, and whether critical ones come through. Loaded when it is opened.
import { el, icon } from './notify-inbox-parts.js';

/**
 * A dialog in the place of the panel: Escape, or the arrow, goes back to the list, and the focus with it. Every change is saved at once.
 * @param {HTMLDialogElement} panel @param {import('./notify-inbox-box.js').Box['preferences']} preferences @param {import('./notify-inbox-words.js').Words} words
 */
export function showSettings(panel, preferences, words) {
  const { texts, lang } = words;
  /** @type {import('./types').Preferences} */ let known;
  let saving = Promise.resolve(true);
  const said = el('p', { class: 'said', role: 'status' }), body = el('div', { class: 'scroller settings' });
  const dialog = /** @type {HTMLDialogElement} */ (el('dialog', { class: 'over', part: 'settings', lang, 'aria-labelledby': 'settings-title', close: (/** @type {Event} */ e) => { e.stopPropagation(); dialog.remove(); } },
    el('div', { class: 'panel' },
      el('div', { class: 'head', part: 'header' }, el('button', { type: 'button', class: 'back', 'aria-label': texts.back, click: () => dialog.close() }, icon('back')), el('h2', { id: 'settings-title' }, texts.settings)),
      body, said)));
  const { style } = panel;
  [dialog.style.left, dialog.style.top] = [style.left, style.top];
  panel.append(dialog);
  dialog.showModal();
  load();

  async function load() {
    body.replaceChildren(el('p', { class: 'hint', role: 'status' }, texts.loading));
    try {
      known = await preferences.read();
      draw();
    } catch {
      body.replaceChildren(el('p', { role: 'alert' }, texts.failed), el('button', { type: 'button', class: 'button', click: load }, texts.tryNow));
    }
  }

  /** One after the other, and each with all that was changed until then. @param {Partial<import('./types').Preferences>} change */
  function save(change) {
    known = { ...known, ...change };
    said.replaceChildren();
    return saving = saving.then(async () => {
      try {
        await preferences.save(known);
        said.replaceChildren(texts.saved);
        return true;
      } catch {
        said.replaceChildren(texts.notSaved, ' ', el('button', { type: 'button', class: 'button', click: async () => { if (await save({})) redraw(); } }, texts.tryNow));
        return false;
      }
    });
  }

  function redraw() {
    draw();
    (body.querySelector('li button') ?? body.querySelector('h3')).focus();
  }

  function draw() {
    const { muted, quietHours, criticalBreaksThrough } = known;
    const hours = quietHours ?? { from: '22:00', to: '07:00', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    /** @param {'topics' | 'types'} kind @param {string} name @param {string} label */
    const one = (kind, name, label) => el('li', {}, el('span', {}, label), el('button', { type: 'button', class: 'button', 'aria-label': `${texts.unmute}: ${label}`, click: async () => {
      if (await save({ muted: { ...known.muted, [kind]: known.muted[kind].filter(other => other !== name) } })) redraw();
    } }, texts.unmute));
    const list = [...muted.topics.map(t => one('topics', t, words.topic([t]))), ...muted.types.map(t => one('types', t, texts.type.replace('{type}', t)))];
    const time = (/** @type {'from' | 'to'} */ end) => el('input', { type: 'time', required: true, value: hours[end], 'aria-label': texts[end], change: saveHours });
    const on = el('input', { type: 'checkbox', id: 'quiet', checked: !!quietHours, 'aria-describedby': 'zone', change: saveHours }), from = time('from'), to = time('to');
    const critical = el('input', { type: 'checkbox', id: 'through', checked: criticalBreaksThrough, change: () => save({ criticalBreaksThrough: critical.checked }) });
    const times = el('div', { class: 'times', hidden: !quietHours }, from, '–', to);
    function saveHours() {
      times.hidden = !on.checked;
      if (from.value && to.value && from.value !== to.value) save({ quietHours: on.checked ? { from: from.value, to: to.value, timeZone: hours.timeZone } : null });
      else said.textContent = texts.badTimes;
    }
    body.replaceChildren(
      el('h3', { tabindex: -1 }, texts.mutedHead), list.length ? el('ul', {}, ...list) : el('p', { class: 'hint' }, texts.noneMuted),
      el('h3', {}, texts.quietHead), el('label', { for: 'quiet' }, on, texts.quiet), times, el('p', { class: 'hint', id: 'zone' }, texts.zone.replace('{zone}', hours.timeZone)),
      el('label', { for: 'through' }, critical, texts.through));
  }
}
