// The tabs of one origin that listen to one hub as one recipient. A lock makes one of them lead; a channel carries what they say to one another.

let said = false;

/** @param {string} name @param {(message: any[]) => void} hear @param {(leads: boolean) => void} lead */
export function joinTabs(name, hear, lead) {
  /** @type {BroadcastChannel | undefined} */ let channel;
  let waits = false, left = false, release = () => {};

  async function ask(steal = false) {
    waits ||= !steal;
    try {
      await navigator.locks.request(name, { steal }, () => {
        if (!steal) waits = false;
        if (left) return;
        lead(true);
        return new Promise(done => { release = /** @type {() => void} */ (done); });
      });
    } catch { /* robbed: this tab was silent itself */ }
    if (left) return;
    lead(false);
    if (!waits) ask();
  }

  if (navigator.locks) {
    channel = new BroadcastChannel(name);
    channel.onmessage = event => hear(event.data);
    ask();
  } else {
    if (!said) console.info('NotifyDashboard: over plain http each tab opens a stream of its own. Six fill a browser.');
    said = true;
    setTimeout(() => left || lead(true));
  }

  return {
    id: Math.random().toString(36).slice(2),

    /** Tells every tab, this one too. @param {any[]} message */
    tell(...message) {
      if (left) return;
      channel?.postMessage(message);
      hear(message);
    },

    /** Takes the lead from a tab that is silent. */
    steal() { if (channel) ask(true); },

    leave() {
      left = true;
      channel?.close();
      lead(false);
      release();
    },
  };
}
