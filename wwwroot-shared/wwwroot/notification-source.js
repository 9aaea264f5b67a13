// The browser's way into the hub: one EventSource for all tabs, however many listeners.
//   import { subscribe, unread } from 'https://hub.example/shared/notification-source.js';
export { subscribe } from './subscribe.js';
export { unread } from './unread.js';
