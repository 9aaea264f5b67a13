// <local-time at="2026-01-31T12:00:00.000Z" seconds day>: a moment as the reader's clock shows it, the exact one on hover. With "day" it
// says which also where that is today or tomorrow.
// It draws in its shadow root, which Blazor does not touch, so no zone has to travel to the server.
const isIn = (days, at) => {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return at.toDateString() === day.toDateString();
};

export class LocalTime extends HTMLElement {
  static observedAttributes = ['at', 'seconds', 'day'];
  #root = this.attachShadow({ mode: 'open' });

  attributeChangedCallback() {
    const at = new Date(this.getAttribute('at'));
    const near = isIn(0, at) ? 'today ' : isIn(1, at) && this.hasAttribute('day') ? 'tomorrow ' : '';
    const day = near ? {} : { day: 'numeric', month: 'short' };
    this.#root.textContent = (this.hasAttribute('day') ? near : '') + at.toLocaleString('en-GB', { ...day, hour: '2-digit', minute: '2-digit', second: this.hasAttribute('seconds') ? '2-digit' : undefined });
    this.title = at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
  }
}

if (!customElements.get('local-time')) customElements.define('local-time', LocalTime);
