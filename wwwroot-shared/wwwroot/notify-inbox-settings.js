// The recipient's preferences: muted topics and types, quiet hours, and whether critical notifications always count. Loaded when the settings are first opened.
import { el, sentence } from './notify-inbox-dom.js';
import { icon } from './notify-inbox-icons.js';
import { settingsCss } from './notify-inbox-settings-style.js';
import { adoptStyles } from './style-sheets.js';

/** @typedef {import('../types').Preferences} Preferences */

const defaultHours = { from: '22:00', to: '07:00' };

/**
 * Shows a dialog over the panel. Escape or the arrow closes it and returns the focus to the panel. Every change is saved at once.
 * @param {HTMLDialogElement} panel @param {import('./notify-inbox-preferences.js').InboxPreferences} inbox @param {import('./notify-inbox-words.js').Words} words
 */
export function showSettings(panel, inbox, words) {
  const { texts, lang } = words;
  /** @type {Preferences} */ let preferences;
  let saving = Promise.resolve(true);
  const status = el('p', { class: 'status', role: 'status' }), body = el('div', { class: 'scroller settings' });
  const dialog = /** @type {HTMLDialogElement} */ (el('dialog', {
    class: 'over', part: 'settings', lang, 'aria-labelledby': 'settings-title',
    close: (/** @type {Event} */ event) => {
      event.stopPropagation(); // the panel stays open
      dialog.remove();
    },
  },
    el('div', { class: 'panel' },
      el('div', { class: 'head', part: 'header' },
        el('button', { type: 'button', class: 'back', 'aria-label': texts.back, click: () => dialog.close() }, icon('back')), el('h2', { id: 'settings-title' }, texts.settings)),
      body, status)));
  dialog.style.left = panel.style.left;
  dialog.style.top = panel.style.top;
  adoptStyles(/** @type {ShadowRoot} */ (panel.getRootNode()), settingsCss);
  panel.append(dialog);
  dialog.showModal();
  load();

  async function load() {
    body.replaceChildren(el('p', { class: 'hint', role: 'status' }, texts.loading));
    try {
      preferences = await inbox.read();
      draw();
    } catch (error) {
      console.warn(error);
      body.replaceChildren(el('p', { role: 'alert' }, texts.failed), tryAgain(load));
    }
  }

  /** Saves run one after the other. Each saves everything that was changed by then. @param {Partial<Preferences>} change */
  function save(change) {
    preferences = { ...preferences, ...change };
    status.replaceChildren();
    saving = saving.then(async () => {
      try {
        await inbox.save(preferences);
        status.replaceChildren(texts.saved);
        return true;
      } catch (error) {
        console.warn(error);
        status.replaceChildren(texts.notSaved, ' ', tryAgain(() => saveAndRedraw({})));
        return false;
      }
    });
    return saving;
  }

  /** @param {Partial<Preferences>} change */
  async function saveAndRedraw(change) {
    if (!await save(change)) return;
    draw();
    (body.querySelector('li button') ?? body.querySelector('h3')).focus();
  }

  function draw() {
    const { muted } = preferences;
    const entries = [
      ...muted.topics.map(topic => mutedEntry('topics', topic, [el('bdi', {}, words.topic([topic]))])),
      ...muted.types.map(type => mutedEntry('types', type, sentence(texts.type, { type }))),
    ];
    body.replaceChildren(
      el('h3', { tabindex: -1 }, texts.mutedHead), entries.length ? el('ul', {}, ...entries) : el('p', { class: 'hint', dir: 'auto' }, texts.noneMuted),
      el('h3', {}, texts.quietHead), ...quietHours(), criticalSwitch());
  }

  /** @param {'topics' | 'types'} kind @param {string} name @param {(Node | string)[]} label */
  function mutedEntry(kind, name, label) {
    const text = el('span', {}, ...label);
    const unmute = () => saveAndRedraw({ muted: { ...preferences.muted, [kind]: preferences.muted[kind].filter(other => other !== name) } });
    return el('li', {}, text, el('button', { type: 'button', class: 'button', 'aria-label': `${texts.unmute}: ${text.textContent}`, click: unmute }, texts.unmute));
  }

  function quietHours() {
    const hours = preferences.quietHours ?? { ...defaultHours, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    const time = (/** @type {'from' | 'to'} */ end) => el('input', { type: 'time', required: true, value: hours[end], 'aria-label': texts[end], change: saveHours });
    const on = el('input', { type: 'checkbox', id: 'quiet', checked: !!preferences.quietHours, 'aria-describedby': 'zone', change: saveHours }), from = time('from'), to = time('to');
    const times = el('div', { class: 'times', hidden: !preferences.quietHours }, from, '–', to);

    function saveHours() {
      times.hidden = !on.checked;
      if (from.value && to.value && from.value !== to.value) save({ quietHours: on.checked ? { from: from.value, to: to.value, timeZone: hours.timeZone } : null });
      else status.textContent = texts.badTimes;
    }
    return [el('label', { for: 'quiet' }, on, texts.quiet), times, el('p', { class: 'hint', id: 'zone', dir: 'auto' }, ...sentence(texts.zone, { zone: hours.timeZone }))];
  }

  function criticalSwitch() {
    const critical = el('input', { type: 'checkbox', id: 'through', checked: preferences.criticalBreaksThrough, change: () => save({ criticalBreaksThrough: critical.checked }) });
    return el('label', { for: 'through' }, critical, texts.through);
  }

  /** @param {() => void} act */
  function tryAgain(act) { return el('button', { type: 'button', class: 'button', click: act }, texts.tryNow); }
}
