import { HubConnection } from './hub-connection.js';

/** @type {HubConnection[]} */
let connections = [];

/** The absolute URL of a hub, with a trailing slash; default: the hub that served this module. @param {string | null} [hub] */
export const hubAddress = hub => (hub ? new URL(hub.replace(/\/*$/, '/'), document.baseURI) : new URL('../', import.meta.url)).href;

/**
 * Calls `onNotifications` with the notifications published to `topics` from now on, or after `lastEventId`, in order and once each.
 * `onUpdates` gets changed notifications on the same topics. `onRetracts` gets the retracted notifications of the whole shared stream, so some ids may
 * belong to topics of other listeners. The three are called in the order of the stream.
 * @param {import('../types').SubscribeOptions} options @returns {import('../types').Subscription}
 */
export const subscribe = options => {
  const address = hubAddress(options.hub), tokenSource = options.token ?? (options.tokenUrl ? new URL(options.tokenUrl, document.baseURI).href : null);
  let connection = connections.find(c => c.address === address && c.tokenSource === tokenSource);
  if (!connection) {
    const opened = connection = new HubConnection(address, tokenSource, () => { connections = connections.filter(c => c !== opened); });
    connections.push(opened);
  }
  return connection.add(options);
};
