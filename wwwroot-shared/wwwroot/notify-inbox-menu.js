// The menu of one notification: archive, mark, mute and snooze. Loaded when it is first opened.
import { el, isRightToLeft, sentence } from './notify-inbox-dom.js';
import { menuCss } from './notify-inbox-menu-style.js';
import { adoptStyles } from './style-sheets.js';

const hourInSeconds = 3_600, phoneWidth = 480, gap = 4, margin = 8;

/**
 * @param {HTMLElement} dialog the open panel @param {HTMLElement} button the menu belongs to @param {import('../types').InboxItem} item
 * @param {import('./notify-inbox-model.js').InboxModel} model @param {import('./notify-inbox-words.js').Words} words
 */
export function showMenu(dialog, button, item, model, words) {
  const { texts } = words, now = Date.now(), { id } = item;
  const menuItem = (/** @type {(Node | string)[]} */ label, /** @type {() => void} */ act, hint = '') =>
    el('button', { type: 'button', role: 'menuitem', tabindex: -1, click: () => done(act) }, el('span', {}, ...label), hint && el('span', { class: 'hint', dir: 'auto' }, hint));
  const snooze = (/** @type {string} */ label, /** @type {Date} */ at, time = { until: at.toISOString() }) =>
    menuItem([label], () => model.snooze(id, time), words.soon(at, now));

  const inAnHour = new Date(now + hourInSeconds * 1_000), evening = dayAt(0, now, 18);
  const topics = item.topics.filter(topic => !words.isOwn(topic));
  const menu = el('div', { popover: 'auto', class: 'menu', part: 'menu', keydown: (/** @type {KeyboardEvent} */ event) => moveFocus(menu, event) },
    el('div', { role: 'menu', 'aria-label': texts.moreActions },
      menuItem([item.archived ? texts.unarchive : texts.archive], () => (item.archived ? model.unarchive(id) : model.archive(id))),
      menuItem([item.read ? texts.markUnread : texts.markRead], () => (item.read ? model.markUnread(id) : model.read(id))),
      ...topics.map(topic => menuItem(sentence(texts.mute, { topic: words.topic([topic]) }), () => model.preferences.mute(topic))),
      el('div', { role: 'group', 'aria-labelledby': 'snooze-until' },
        el('span', { class: 'heading', id: 'snooze-until' }, texts.snoozeUntil),
        snooze(texts.inAnHour, inAnHour, /** @type {any} */ ({ forSeconds: hourInSeconds })),
        evening > inAnHour && snooze(texts.thisEvening, evening),
        snooze(texts.tomorrow, dayAt(1, now)),
        snooze(texts.nextWeek, nextMonday(now)))),
    timeForm(words, now, at => done(() => model.snooze(id, { until: at.toISOString() }))));

  const done = (/** @type {() => void} */ act) => {
    menu.hidePopover();
    act();
  };
  menu.addEventListener('beforetoggle', (/** @type {any} */ event) => {
    const isOpen = event.newState === 'open';
    button.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) button.focus();
  });
  menu.addEventListener('toggle', (/** @type {any} */ event) => { if (event.newState === 'closed') menu.remove(); });
  adoptStyles(/** @type {ShadowRoot} */ (dialog.getRootNode()), menuCss);
  dialog.append(menu);
  menu.showPopover();
  place(menu, button);
  menu.querySelector('[role=menuitem]').focus();
}

/** @param {import('./notify-inbox-words.js').Words} words @param {number} now @param {(at: Date) => void} choose */
function timeForm({ texts }, now, choose) {
  const time = el('input', { type: 'datetime-local', 'aria-label': texts.chooseTime, min: inputValue(new Date(now)), max: inputValue(dayAt(365, now)), value: inputValue(dayAt(1, now)) });
  return el('form', {
    submit: (/** @type {Event} */ event) => {
      event.preventDefault();
      const at = new Date(time.value);
      if (at.getTime() > Date.now()) choose(at);
    },
  }, time, el('button', { class: 'button', type: 'submit' }, texts.set));
}

/** Places the menu at the button, within the window; on a phone, the style sheet places it at the bottom. @param {HTMLElement} menu @param {HTMLElement} button */
function place(menu, button) {
  const { innerWidth, innerHeight } = /** @type {Window} */ (menu.ownerDocument.defaultView), { right, left, bottom } = button.getBoundingClientRect();
  if (innerWidth < phoneWidth) return;
  const x = isRightToLeft(button) ? left : right - menu.offsetWidth;
  menu.style.left = `${Math.max(margin, Math.min(x, innerWidth - menu.offsetWidth - margin))}px`;
  menu.style.top = `${Math.max(margin, Math.min(bottom + gap, innerHeight - menu.offsetHeight - margin))}px`;
}

/** @param {HTMLElement} menu @param {KeyboardEvent} event */
function moveFocus(menu, event) {
  event.stopPropagation(); // the list handles the same keys
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('[role=menuitem]')]), at = items.indexOf(/** @type {HTMLElement} */ (event.target));
  const next = /** @type {Record<string, number>} */ ({ ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 })[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  items[next % items.length].focus();
}

/** @param {number} days @param {number} now @param {number} [hour] */
function dayAt(days, now, hour = 8) {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  at.setHours(hour, 0, 0, 0);
  return at;
}

/** The Monday after today. @param {number} now */
const nextMonday = now => dayAt((8 - new Date(now).getDay()) % 7 || 7, now);

/** The value for an input of type datetime-local. @param {Date} at */
const inputValue = at => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
