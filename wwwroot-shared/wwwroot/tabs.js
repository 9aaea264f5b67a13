// The tabs of one origin that listen to one hub as one recipient. A lock makes one of them lead; a channel carries what they say to one another.

let said = false;

export class Tabs {
  id = Math.random().toString(36).slice(2);
  /** @type {BroadcastChannel | undefined} */ #channel;
  #name; #hear; #lead; #waits = false; #left = false; #release = () => {};

  /** @param {string} name @param {(message: any[]) => void} hear @param {(leads: boolean) => void} lead */
  constructor(name, hear, lead) {
    this.#name = name;
    this.#hear = hear;
    this.#lead = lead;
    if (navigator.locks) {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = event => hear(event.data);
      this.#ask();
    } else {
      if (!said) console.info('NotifyDashboard: over plain http, tabs cannot share a stream; each opens its own. Six of them fill a browser.');
      said = true;
      setTimeout(() => this.#left || lead(true));
    }
  }

  /** Tells every tab, this one too. @param {any[]} message */
  tell(...message) {
    if (this.#left) return;
    this.#channel?.postMessage(message);
    this.#hear(message);
  }

  /** Takes the lead from a tab that is silent. */
  steal() { if (this.#channel) this.#ask(true); }

  leave() {
    this.#left = true;
    this.#channel?.close();
    this.#lead(false);
    this.#release();
  }

  async #ask(steal = false) {
    this.#waits ||= !steal;
    try {
      await navigator.locks.request(this.#name, { steal }, () => {
        if (!steal) this.#waits = false;
        if (this.#left) return;
        this.#lead(true);
        return new Promise(release => { this.#release = /** @type {() => void} */ (release); });
      });
    } catch { /* robbed: this tab was silent itself */ }
    if (this.#left) return;
    this.#lead(false);
    if (!this.#waits) this.#ask();
  }
}
