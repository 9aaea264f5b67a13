// The entry point of the package: one EventSource for all tabs and listeners.
//   import { subscribe, unread } from 'https://hub.example/shared/notification-source.js';
export { subscribe } from './subscribe.js';
export { unread } from './unread.js';
