// Draws the figures that tick, in a shadow root that Blazor does not touch.

const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: block; padding: 0 .875rem .875rem; }
  div { display: grid; grid-template-columns: 1fr 1.35fr; }
  p { margin: 0; color: var(--nd-text-muted); font-size: .8125rem; line-height: 1.125rem; text-wrap: balance; }
  p + p { border-left: 1px solid var(--nd-border); padding-left: 1rem; }
  b { display: block; font-size: var(--nd-text-3xl); line-height: var(--nd-line-3xl); font-weight: 600; letter-spacing: -.03em; color: var(--nd-accent-text); }
  p + p b { color: var(--nd-text-subtle); }
  small { display: block; margin-top: .625rem; color: var(--nd-text-subtle); font-size: .75rem; line-height: 1rem; }
`);

const figure = n => n.toLocaleString('en');
let others = 0;
// The stream itself is counted apart; it shows up here only once it has ended.
new PerformanceObserver(list => { others += list.getEntries().filter(e => !e.name.includes('/sse-stream')).length; }).observe({ type: 'resource', buffered: true });

class DemoFigures extends HTMLElement {
  static observedAttributes = ['opens'];
  #timer = 0; #root = this.attachShadow({ mode: 'open' });

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [style];
    this.#root.innerHTML = '<div><p><b id="made"></b><span id="word"></span></p><p><b id="polled"></b>polling every half second would have made</p></div><small id="others"></small>';
  }

  connectedCallback() { this.#draw(); this.#timer = setInterval(() => this.#draw(), 1_000); }
  disconnectedCallback() { clearInterval(this.#timer); }
  attributeChangedCallback() { this.#draw(); }

  #draw() {
    const made = Number(this.getAttribute('opens')), polled = Math.floor(performance.now() / 500);
    this.#write('made', figure(made));
    this.#write('word', `${made === 1 ? 'request' : 'requests'} for notifications by this page`);
    this.#write('polled', figure(polled));
    this.#write('others', `All else: ${figure(others + 1)} requests to load this page and its parts, and one connection for its buttons.`);
  }

  #write(id, text) {
    const place = this.#root.getElementById(id);
    if (place.textContent !== text) place.textContent = text;
  }
}

if (!customElements.get('demo-figures')) customElements.define('demo-figures', DemoFigures);

/** @param {string} text @returns {Promise<boolean>} false where the browser does not let us: over http from another machine */
export async function copy(text) {
  try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
}
