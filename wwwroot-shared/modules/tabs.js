// The tabs of one origin that listen to one hub as one recipient. A lock makes one of them lead; a channel carries what they say to one another.
import { once } from './once.js';

/** @param {string} name @param {(message: any[]) => void} hear @param {(leads: boolean) => void} lead */
export const joinTabs = (name, hear, lead) => {
  /** @type {BroadcastChannel | undefined} */ let channel;
  const me = Math.random();
  let left = false, release = () => {};

  /** Tells every tab, this one too. @param {string} what @param {any[]} more */
  const tell = (what, ...more) => {
    const message = [what, me, ...more];
    if (left) return;
    channel?.postMessage(message);
    hear(message);
  };

  /** One that steals still waits in the queue, as every tab does that does not lead. @param {boolean} [steal] */
  const ask = async steal => {
    let held = false;
    try {
      await navigator.locks.request(name, { steal }, () => left || new Promise(done => {
        held = true;
        release = /** @type {() => void} */ (done);
        lead(true);
      }));
    } catch { /* robbed: this tab was silent itself. Or a browser that gives no locks, which is not asked again */ }
    if (left || !held) return;
    lead(false);
    if (!steal) ask();
  };

  if (navigator.locks) {
    channel = new BroadcastChannel(name);
    channel.onmessage = event => hear(event.data);
    ask();
  } else {
    once('over plain http each tab has its own stream.');
    setTimeout(() => left || lead(true));
  }

  return {
    tell,

    /** Takes the lead from a tab that is silent. */
    steal() { if (channel) ask(true); },

    leave() {
      tell('gone');
      left = true;
      channel?.close();
      lead(false);
      release();
    },
  };
};
