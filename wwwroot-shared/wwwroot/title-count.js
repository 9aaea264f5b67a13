// Shows the count before the page's title: "(3) Inbox". The page may still change or restore its title at any time.

/** If the page immediately overwrites the title more often than this in a row, the count is no longer shown. */
const maxRounds = 5, maxRecent = 20;
/** A write of the page counts as immediate within this time after ours. In ms; the timers of a hidden tab run once a second. */
const contestWindow = 1_500;

export class TitleCount {
  /** @type {string | null} the last title with a count; null while no count is shown */ #written = null;
  /** The page's own title. */ #pageTitle = '';
  /** @type {Map<string, string>} the page's titles by our newest titles: a page may save one of ours and restore it later */ #recent = new Map();
  #count = 0; #rounds = 0; #writtenAt = 0; #scheduled = false;
  #observer = new MutationObserver(() => this.#follow());

  /** @param {number} count 0: no count is shown */
  set(count) {
    if (count === this.#count) return;
    if (!this.#count) this.#observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    this.#count = count;
    this.#rounds = 0;
    this.#schedule();
  }

  #follow() {
    if (document.title === this.#written) return;
    // The page has set its own title.
    this.#rounds = Date.now() - this.#writtenAt < contestWindow ? this.#rounds + 1 : 0;
    if (this.#rounds <= maxRounds) this.#schedule();
  }

  /** Writes at most once per task, so that a page that reacts to each write cannot block the tab. */
  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => { this.#scheduled = false; this.#write(); });
  }

  #write() {
    this.#readPageTitle();
    if (!this.#count) {
      this.#observer.disconnect();
      if (document.title !== this.#pageTitle) document.title = this.#pageTitle;
      this.#written = null;
      return;
    }
    document.title = `${this.#prefix(this.#count)}${this.#pageTitle}`;
    // Read back, because the browser trims white space.
    this.#written = document.title;
    this.#writtenAt = Date.now();
    this.#recent.delete(this.#written);
    this.#recent.set(this.#written, this.#pageTitle);
    if (this.#recent.size > maxRecent) this.#recent.delete([...this.#recent.keys()][0]);
  }

  /** Gets the page's own title. The page may also have read a title with our prefix and written it back. */
  #readPageTitle() {
    const title = document.title;
    if (title === this.#written) return;
    const ours = this.#written?.slice(0, this.#written.length - this.#pageTitle.length);
    this.#pageTitle = this.#recent.get(title) ?? (ours && title.startsWith(ours) ? title.slice(ours.length) : title);
  }

  /** @param {number} count */
  #prefix(count) { return `(${count > 99 ? '99+' : count}) `; }
}
