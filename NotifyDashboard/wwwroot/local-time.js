// <local-time at="2026-01-31T12:00:00.000Z" seconds>: a moment as the reader's clock shows it, the exact one on hover.
// It draws in its shadow root, which Blazor does not touch, so no zone has to travel to the server.
const isToday = at => at.toDateString() === new Date().toDateString();

export class LocalTime extends HTMLElement {
  static observedAttributes = ['at', 'seconds'];
  #root = this.attachShadow({ mode: 'open' });

  attributeChangedCallback() {
    const at = new Date(this.getAttribute('at'));
    const day = isToday(at) ? {} : { day: 'numeric', month: 'short' };
    this.#root.textContent = at.toLocaleString('en-GB', { ...day, hour: '2-digit', minute: '2-digit', second: this.hasAttribute('seconds') ? '2-digit' : undefined });
    this.title = at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
  }
}

if (!customElements.get('local-time')) customElements.define('local-time', LocalTime);
