// The count before the page's title: "(3) Inbox". The title stays the page's own: it may change it at any time, or put it back.

/** A page that puts its title back at once, again and again, is left alone after this many rounds. */
const mostRounds = 5, mostRecent = 20;
/** Two writes of the page that are further apart are no contest. In ms; a hidden tab's timers run once a second. */
const contestWithin = 1_500;

export class TitleCount {
  /** @type {string | null} what we wrote last, while the count shows */ #written = null;
  /** The title as the page wrote it. */ #bare = '';
  /** @type {Map<string, string>} the page's titles by the newest of ours: a page may keep one of them and put it back later */ #recent = new Map();
  #count = 0; #rounds = 0; #writtenAt = 0; #scheduled = false;
  #observer = new MutationObserver(() => this.#follow());

  /** @param {number} count 0: none */
  set(count) {
    if (count === this.#count) return;
    if (!this.#count) this.#observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    this.#count = count;
    this.#rounds = 0;
    this.#schedule();
  }

  #follow() {
    if (document.title === this.#written) return;
    // The page wrote a title of its own.
    this.#rounds = Date.now() - this.#writtenAt < contestWithin ? this.#rounds + 1 : 0;
    if (this.#rounds <= mostRounds) this.#schedule();
  }

  /** One write a task, so that a page that answers each of ours cannot stop the tab. */
  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => { this.#scheduled = false; this.#write(); });
  }

  #write() {
    this.#readBare();
    if (!this.#count) {
      this.#observer.disconnect();
      if (document.title !== this.#bare) document.title = this.#bare;
      this.#written = null;
      return;
    }
    document.title = `${this.#prefix(this.#count)}${this.#bare}`;
    // As the browser keeps it: without white space at its ends.
    this.#written = document.title;
    this.#writtenAt = Date.now();
    this.#recent.delete(this.#written);
    this.#recent.set(this.#written, this.#bare);
    if (this.#recent.size > mostRecent) this.#recent.delete([...this.#recent.keys()][0]);
  }

  /** A page may also write its title with our prefix in front, because it read it from there. */
  #readBare() {
    const title = document.title;
    if (title === this.#written) return;
    const ours = this.#written?.slice(0, this.#written.length - this.#bare.length);
    this.#bare = this.#recent.get(title) ?? (ours && title.startsWith(ours) ? title.slice(ours.length) : title);
  }

  /** @param {number} count */
  #prefix(count) { return `(${count > 99 ? '99+' : count}) `; }
}
