// Explains why a hub of another origin cannot be reached. Browsers hide the reason from scripts, so this reports the most likely one.
import { warnOnce } from './warn-once.js';

const localHost = /^(localhost|.+\.(localhost|local)|127\..+|10\..+|192\.168\..+|169\.254\..+|172\.(1[6-9]|2\d|3[01])\..+|\[(::1|f[cde].+)\])$/;

/**
 * Chrome asks the visitor before a public page may reach a host in the local network (Local Network Access). Other browsers do not have the permission.
 * @param {string} hub @returns {Promise<boolean>}
 */
const needsPermission = async hub => {
  const states = await Promise.all(['local-network-access', 'local-network', 'loopback-network'].map(async name => {
    try { return (await navigator.permissions.query({ name: /** @type {any} */ (name) })).state; } catch { return null; }
  }));
  return states.includes('denied') || (states.includes('prompt') && localHost.test(hub) && !localHost.test(location.hostname));
};

/** @param {string} address of the hub */
export const explainFailure = async address => {
  const { origin, hostname } = new URL(address);
  if (origin === location.origin) return;
  if (await needsPermission(hostname)) warnOnce(`the browser keeps this page from ${origin}: allow the site to reach devices on the local network.`);
  else warnOnce(`${origin} is away or refuses this page. Is ${location.origin} in its Access:AllowedOrigins?`);
};
