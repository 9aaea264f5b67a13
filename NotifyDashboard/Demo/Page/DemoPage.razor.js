// Draws the figures that tick, in a shadow root that Blazor does not touch; fires the demo's texts and times them.
import { subscribe } from '../../../shared/notification-source.js';

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

// From the press of a button to the event in this page: what came, and what was asked for, in whichever order.
const came = new Map(), delays = [];

function measured(asked, ids) {
  for (const id of ids) if (came.has(id)) delays.push(came.get(id) - asked);
  if (delays.length > 99) delays.splice(0, delays.length - 99);
}

const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Hears what the badges hear, to time it, over the same stream. @param {string[]} topics @param {string | null} tokenUrl */
export function listen(topics, tokenUrl) {
  const inbox = document.querySelector('notify-inbox');
  if (inbox) inbox.texts = { topics: { 'demo/alice': 'For you', 'demo/bob': 'For you' } };
  subscribe({
    topics,
    tokenUrl: tokenUrl ?? undefined,
    onNotifications: batch => {
      for (const { id } of batch) came.set(id, performance.now());
      while (came.size > 500) came.delete(came.keys().next().value);
    },
  });
}

/**
 * Fires one of the demo's fixed texts. @param {string} what @param {number} count
 * @returns {Promise<string | null>} null, or what to say when it was refused
 */
export async function fire(what, count) {
  const asked = performance.now();
  try {
    const answer = await fetch('demo/fire', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ what, count }) });
    const said = await answer.json();
    if (!answer.ok) return said.detail;
    // The event may be here before the answer, or a moment after it.
    setTimeout(() => measured(asked, said.ids), 250);
    return null;
  } catch { return 'The hub cannot be reached now. Try again in a moment.'; }
}

// Beside this one, where there is room; the link does the rest where windows are not let through.
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[data-beside]');
  if (!link || innerWidth < 900) return;
  const width = Math.min(720, Math.floor(screen.availWidth / 2));
  if (open(link.href, link.target, `popup,width=${width},height=${screen.availHeight - 80},left=${screen.availWidth - width},top=40`)) event.preventDefault();
});

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
    this.#root.innerHTML = '<div><p><b id="made"></b><span id="word"></span></p><p><b id="polled"></b>polling every half second would have made</p></div><small id="delay"></small><small id="others"></small>';
  }

  connectedCallback() { this.#draw(); this.#timer = setInterval(() => this.#draw(), 1_000); }
  disconnectedCallback() { clearInterval(this.#timer); }
  attributeChangedCallback() { this.#draw(); }

  #draw() {
    const made = Number(this.getAttribute('opens')), polled = Math.floor(performance.now() / 500);
    this.#write('made', figure(made));
    this.#write('word', `${made === 1 ? 'request' : 'requests'} for notifications by all tabs of this browser`);
    this.#write('polled', figure(polled));
    this.#write('delay', delays.length === 0 ? 'Press a button: here stands how long it took to arrive.'
      : `${figure(Math.max(1, Math.round(median(delays))))} ms from the press to this page, median of ${figure(delays.length)}. Polling every half second: 250 ms on average, before the way there.`);
    this.#write('others', `All else: ${figure(others + 1)} requests to load this page and its parts, and one connection for its buttons.`);
  }

  #write(id, text) {
    const place = this.#root.getElementById(id);
    if (place.textContent !== text) place.textContent = text;
  }
}

if (!customElements.get('demo-figures')) customElements.define('demo-figures', DemoFigures);

/**
 * Copies what stands in an element. @param {string} id
 * @returns {Promise<boolean>} false where the browser does not let us, over http from another machine: then it is selected
 */
export async function copy(id) {
  const element = document.getElementById(id);
  try { await navigator.clipboard.writeText(element.textContent); return true; } catch { getSelection().selectAllChildren(element); return false; }
}
