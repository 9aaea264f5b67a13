// <local-time at="2026-01-31T12:00:00.000Z" seconds day>: a moment as the reader's clock shows it; the exact one on hover, and wherever the
// page's style asks for it (shell.css: on a row's focus). With `day` it says which also where that is today or tomorrow. With `exact` it is
// always the exact one: day, second and zone. It draws in its shadow root, which Blazor does not touch, so no zone has to travel to the server.
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

export class LocalTime extends HTMLElement {
  static observedAttributes = ['at', 'seconds', 'day', 'exact'];
  #short = part('short'); #exact = part('exact');

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    root.append(this.#short, this.#exact);
  }

  attributeChangedCallback() {
    const at = new Date(this.getAttribute('at'));
    const near = isIn(0, at) ? 'today ' : isIn(1, at) && this.hasAttribute('day') ? 'tomorrow ' : '';
    const day = near ? {} : { day: 'numeric', month: 'short' };
    const time = at.toLocaleString('en-GB', { ...day, hour: '2-digit', minute: '2-digit', second: this.hasAttribute('seconds') ? '2-digit' : undefined });
    this.#short.textContent = (this.hasAttribute('day') ? near : '') + time;
    this.#exact.textContent = at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
    this.title = this.hasAttribute('exact') ? '' : this.#exact.textContent;
  }
}

function part(name) {
  const element = document.createElement('span');
  element.className = name;
  return element;
}

if (!customElements.get('local-time')) customElements.define('local-time', LocalTime);

/** The reader's time zone, by its IANA name. */
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
