// The one-line notices between the tabs and the list: the connection status and failed actions.
import { el, sentence } from './notify-inbox-dom.js';

export class Strips {
  #words;
  #model;
  #status = strip('status');
  #refused = strip('alert');
  #notMuted = strip('alert');
  /** @type {Map<HTMLElement, string>} */ #drawn = new Map();

  /** @param {import('./notify-inbox-model.js').InboxModel} model @param {import('./notify-inbox-words.js').Words} words */
  constructor(model, words) {
    this.#model = model;
    this.#words = words;
    this.elements = [this.#status, this.#refused, this.#notMuted];
  }

  /** @param {boolean} missingPart whether a part of the inbox could not be loaded */
  draw(missingPart) {
    const model = this.#model, { texts } = this.#words;
    const status = missingPart ? texts.notNow : this.#connection();
    this.#show(this.#status, status, () => [el('span', {}, status)]);

    const refused = model.refused[model.refused.length - 1]?.action;
    this.#show(this.#refused, refused, () => [el('span', {}, `${texts.refused[refused]} ${texts.restored}`), this.#tryAgain(() => model.retryRefused())]);

    const { preferences } = model, { failedTopic } = preferences;
    this.#show(this.#notMuted, failedTopic, topic => [
      el('span', {}, ...sentence(texts.notMuted, { topic: this.#words.topic([topic]) })), this.#tryAgain(() => preferences.mute(topic)),
    ]);
  }

  #connection() {
    const { connection, hasRecipient } = this.#model, { texts } = this.#words;
    const isAway = connection.status === 'offline' || connection.status === 'reconnecting';
    if (isAway) return texts.offline.replace('{time}', this.#words.clock(new Date(connection.since)));
    return hasRecipient ? '' : texts.nobody;
  }

  /** @param {() => void} act */
  #tryAgain(act) { return el('button', { type: 'button', class: 'button', click: act }, this.#words.texts.tryNow); }

  /** Changes a strip only if its key differs: a screen reader reads replaced content again, and a replaced button loses its focus. @param {HTMLElement} strip @param {string | null | undefined} key @param {(key: string) => (Node | string)[]} content */
  #show(strip, key, content) {
    if ((this.#drawn.get(strip) ?? '') === (key ?? '')) return;
    this.#drawn.set(strip, key ?? '');
    strip.replaceChildren(...key ? content(key) : []);
    strip.hidden = !key;
  }
}

/** The text may have another direction than the page. @param {string} role */
const strip = role => el('p', { class: 'strip', part: 'strip', role, dir: 'auto', hidden: true });
