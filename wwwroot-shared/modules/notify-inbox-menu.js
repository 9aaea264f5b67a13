// Later, or never again: the menu of one notification.
import { el } from './notify-inbox-parts.js';

/** @param {number} days @param {number} now @param {number} [hour] */
function dayAt(days, now, hour = 8) {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  at.setHours(hour, 0, 0, 0);
  return at;
}

/** Monday after today. @param {number} now */
const nextWeek = now => dayAt((8 - new Date(now).getDay()) % 7 || 7, now);

/** @param {Date} at as an input of type datetime-local has it */
const local = at => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/**
 * @param {HTMLElement} under a part of the dialog that is open @param {HTMLElement} button @param {import('./types').InboxItem} item @param {import('./notify-inbox-words.js').Words} words
 * @param {(until: Date) => void} snooze @param {(topic: string) => void} mute
 */
export function showMenu(under, button, item, words, snooze, mute) {
  const { texts } = words, now = Date.now(), evening = dayAt(0, now, 18);
  const choice = (/** @type {string} */ label, /** @type {Date} */ at) => el('button', { type: 'button', role: 'menuitem', tabindex: -1, click: () => done(() => snooze(at)) }, label, el('span', { class: 'end' }, words.soon(at, now)));
  const time = el('input', { type: 'datetime-local', 'aria-label': texts.chooseTime, min: local(new Date(now)), max: local(dayAt(365, now)), value: local(dayAt(1, now)) });
  const topics = item.topics.filter(t => !/^(users|demo)\//.test(t));
  const menu = el('div', { popover: 'auto', class: 'menu', part: 'menu' },
    el('div', { role: 'menu', 'aria-label': texts.snooze },
      el('span', { class: 'hint', role: 'presentation' }, texts.snoozeUntil),
      choice(texts.inAnHour, new Date(now + 3_600_000)), evening.getTime() - now > 3_600_000 && choice(texts.thisEvening, evening), choice(texts.tomorrow, dayAt(1, now)), choice(texts.nextWeek, nextWeek(now)),
      ...topics.map(topic => el('button', { type: 'button', role: 'menuitem', tabindex: -1, click: () => done(() => mute(topic)) }, texts.mute.replace('{topic}', words.topic([topic]))))),
    el('form', { submit: (/** @type {Event} */ e) => { e.preventDefault(); const at = new Date(time.value); if (at.getTime() > Date.now()) done(() => snooze(at)); } },
      time, el('button', { class: 'button', type: 'submit' }, texts.set)));
  const done = (/** @type {() => void} */ act) => { menu.hidePopover(); act(); };
  menu.addEventListener('beforetoggle', (/** @type {any} */ e) => { if (e.newState === 'closed') button.focus(); });
  menu.addEventListener('toggle', (/** @type {any} */ e) => { if (e.newState === 'closed') menu.remove(); });
  menu.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => {
    e.stopPropagation();
    const all = [...menu.querySelectorAll('[role=menuitem]')], at = all.indexOf(/** @type {Element} */ (e.target));
    const to = /** @type {Record<string, number>} */ ({ ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 })[e.key];
    if (at < 0 || to === undefined) return;
    e.preventDefault();
    all[to % all.length].focus();
  });
  under.append(menu);
  menu.showPopover();
  const { right, left, bottom } = button.getBoundingClientRect(), rtl = getComputedStyle(button).direction === 'rtl';
  menu.style.left = `${Math.max(8, Math.min(rtl ? left : right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(bottom + 4, innerHeight - menu.offsetHeight - 8))}px`;
  menu.querySelector('[role=menuitem]').focus();
}
