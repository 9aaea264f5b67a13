// <local-time at="2026-01-31T12:00:00.000Z" seconds day>: a time in the user's time zone, with the date unless it is today. `seconds` adds seconds.
// `day` adds "today", and replaces the date of the next day by "tomorrow". The exact time (date, seconds and zone) is the tooltip; it is shown instead
// of the short one with `exact`, or where the page's style sets --time-exact (shell.css: in a focused row). It renders into its shadow root, which
// Blazor does not touch, so the server need not know the time zone.
const style = new CSSStyleSheet();
style.replaceSync(`
  .short, .exact { unicode-bidi: plaintext; }
  .short { display: var(--time-short, inline); }
  .exact { display: var(--time-exact, none); }
  :host([exact]) .short { display: none; }
  :host([exact]) .exact { display: inline; }
`);
const isIn = (days, at) => {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return at.toDateString() === day.toDateString();
};

/** The elements in the page: on the next day, "today" is another one. @type {Set<LocalTime>} */
const shown = new Set();
let shownOn = new Date().toDateString();

function showNextDay() {
  const day = new Date().toDateString();
  if (day === shownOn) return;
  shownOn = day;
  shown.forEach(time => time.show());
}
setInterval(showNextDay, 60_000);
document.addEventListener('visibilitychange', showNextDay);

export class LocalTime extends HTMLElement {
  static observedAttributes = ['at', 'seconds', 'day', 'exact'];
  #short = part('short'); #exact = part('exact');

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    root.append(this.#short, this.#exact);
  }

  connectedCallback() { shown.add(this); }
  disconnectedCallback() { shown.delete(this); }
  attributeChangedCallback() { this.show(); }

  show() {
    const at = new Date(this.getAttribute('at'));
    const near = isIn(0, at) ? 'today ' : isIn(1, at) && this.hasAttribute('day') ? 'tomorrow ' : '';
    this.#short.textContent = (this.hasAttribute('day') ? near : '') + clockText(at, this.hasAttribute('seconds'), !near);
    this.#exact.textContent = at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
    this.title = this.hasAttribute('exact') ? '' : this.#exact.textContent;
  }
}

function clockText(at, hasSeconds, hasDay) {
  const day = hasDay ? { day: 'numeric', month: 'short' } : {};
  return at.toLocaleString('en-GB', { ...day, hour: '2-digit', minute: '2-digit', second: hasSeconds ? '2-digit' : undefined });
}

function part(name) {
  const element = document.createElement('span');
  element.className = name;
  return element;
}

if (!customElements.get('local-time')) customElements.define('local-time', LocalTime);

/** A time as the element shows it, where an element cannot be. @param {Date} at @param {boolean} hasSeconds */
export const timeText = (at, hasSeconds) => clockText(at, hasSeconds, !isIn(0, at));

/** The IANA name of the user's time zone. */
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
