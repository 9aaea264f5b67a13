// Shows the demo's figures in a shadow root, which Blazor does not touch. Publishes the demo's notifications and measures their delay.
import { subscribe } from '../../shared/notification-source.js';

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

/** @type {Map<string, number>} the time of arrival by id */ const receivedAt = new Map();
/** @type {number[]} from the click to the arrival in this page, in ms */ const delays = [];

function recordDelays(requestedAt, ids) {
  for (const id of ids) if (receivedAt.has(id)) delays.push(receivedAt.get(id) - requestedAt);
  if (delays.length > 99) delays.splice(0, delays.length - 99);
}

const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Subscribes to the topics of the badges, over the same stream, to record the times of arrival. @param {string[]} topics @param {string | null} tokenUrl */
export function listen(topics, tokenUrl) {
  const inbox = document.querySelector('notify-inbox');
  if (inbox) inbox.texts = { topics: { 'demo/alice': 'For you', 'demo/bob': 'For you' } };
  subscribe({
    topics,
    tokenUrl: tokenUrl ?? undefined,
    onNotifications: batch => {
      for (const { id } of batch) receivedAt.set(id, performance.now());
      while (receivedAt.size > 500) receivedAt.delete(receivedAt.keys().next().value);
    },
  });
}

/**
 * Publishes notifications of one of the demo's sets. @param {string} what the set @param {number} count
 * @returns {Promise<string | null>} null, or an error message
 */
export async function fire(what, count) {
  const requestedAt = performance.now();
  try {
    const response = await fetch('demo/fire', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ what, count }) });
    const result = await response.json();
    if (!response.ok) return result.detail;
    // The notification may arrive before the response, or shortly after it.
    setTimeout(() => recordDelays(requestedAt, result.ids), 250);
    return null;
  } catch { return 'The hub cannot be reached now. Try again in a moment.'; }
}

// Opens links with data-beside in a window beside this one, if the screen is wide enough. If the browser blocks the window, the link opens normally.
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[data-beside]');
  if (!link || innerWidth < 900) return;
  const width = Math.min(720, Math.floor(screen.availWidth / 2));
  if (open(link.href, link.target, `popup,width=${width},height=${screen.availHeight - 80},left=${screen.availWidth - width},top=40`)) event.preventDefault();
});

const format = n => n.toLocaleString('en');
/** The number of requests apart from the stream. */ let others = 0;
// The stream is not counted here; its entry appears only when it ends.
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
    this.#write('made', format(made));
    this.#write('word', `${made === 1 ? 'request' : 'requests'} for notifications by all tabs of this browser`);
    this.#write('polled', format(polled));
    this.#write('delay', delays.length === 0 ? 'Press a button: here stands how long it took to arrive.'
      : `${format(Math.max(1, Math.round(median(delays))))} ms from the press to this page, median of ${format(delays.length)}. Polling every half second: 250 ms on average, before the way there.`);
    this.#write('others', `All else: ${format(others + 1)} requests to load this page and its parts, and one connection for its buttons.`);
  }

  #write(id, text) {
    const element = this.#root.getElementById(id);
    if (element.textContent !== text) element.textContent = text;
  }
}

if (!customElements.get('demo-figures')) customElements.define('demo-figures', DemoFigures);

/**
 * Copies the text of an element. @param {string} id
 * @returns {Promise<boolean>} false if the browser forbids it (over http from another machine): the text is selected instead
 */
export async function copy(id) {
  const element = document.getElementById(id);
  try { await navigator.clipboard.writeText(element.textContent); return true; } catch { getSelection().selectAllChildren(element); return false; }
}
