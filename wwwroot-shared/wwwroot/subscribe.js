import { HubConnection } from './hub-connection.js';

/** @type {HubConnection[]} */
let connections = [];

/** The absolute address of a hub, with a slash at its end; of the one that served this module where none is named. @param {string | null} [hub] */
export const hubAddress = hub => (hub ? new URL(hub.replace(/\/*$/, '/'), document.baseURI) : new URL('../', import.meta.url)).href;

/**
 * Calls `onNotifications` with what is published to `topics` from now on, or after `lastEventId`, in order and once each.
 * `onUpdates` gets notifications whose content has changed, `onRetracts` those that are withdrawn: of all that the shared stream asks for,
 * so that some ids may be of topics that this listener does not know. The three are called in the order of the stream.
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
