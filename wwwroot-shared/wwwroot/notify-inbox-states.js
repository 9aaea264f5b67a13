// The placeholder shown instead of the list while it is empty, is loading, or could not be loaded.
import { el } from './notify-inbox-dom.js';
import { icon } from './notify-inbox-icons.js';

const skeletonDelay = 200, skeletonRows = 4;

/** @typedef {'' | 'loading' | 'failed' | import('./notify-inbox-model.js').Tab} State '': the list is shown; a tab: it is empty */

export class ListState {
  element = el('div', { class: 'state', part: 'state' });
  /** @type {State} */ #drawn = '';
  /** @type {number | undefined} */ #timer;
  #texts;
  #reload;

  /** @param {import('../types').InboxTexts} texts @param {() => void} reload */
  constructor(texts, reload) {
    this.#texts = texts;
    this.#reload = reload;
  }

  /** @param {State} state */
  draw(state) {
    if (state === this.#drawn) return;
    this.#drawn = state;
    clearTimeout(this.#timer);
    this.element.replaceChildren();
    if (state === 'loading') this.#timer = setTimeout(() => this.#showSkeleton(), skeletonDelay);
    else if (state) this.#showWords(state);
  }

  #showSkeleton() {
    const bone = () => el('div', { class: 'bone' }, el('i'), el('i'), el('i'));
    this.element.append(el('span', { class: 'sr', role: 'status' }, this.#texts.loading), ...Array.from({ length: skeletonRows }, bone));
  }

  /** @param {Exclude<State, '' | 'loading'>} state */
  #showWords(state) {
    const texts = this.#texts;
    const [sign, title, hint] = {
      all: ['bell', texts.empty, texts.emptyHint],
      unread: ['check', texts.noneUnread, texts.noneUnreadHint],
      archived: ['archive', texts.noneArchived, texts.noneArchivedHint],
      failed: ['critical', texts.failed, texts.failedHint],
    }[state];
    this.element.append(el('div', { class: 'empty', role: 'status' },
      el('span', { class: 'illustration' }, icon(sign)), el('strong', {}, title), el('p', { dir: 'auto' }, hint),
      state === 'failed' && el('button', { type: 'button', class: 'button', click: this.#reload }, texts.tryNow)));
  }
}
