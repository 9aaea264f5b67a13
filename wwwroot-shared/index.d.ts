// The functions that the package exports; types.d.ts has the types of their parameters and results.
import type { SubscribeOptions, Subscription, Unread, UnreadOptions } from './types.js';

export type * from './types.js';

/** Calls back with the notifications that are published to the topics, in order and once each. */
export function subscribe(options: SubscribeOptions): Subscription;

/** Counts the new notifications on the topics. All tabs share the count; for a recipient, all devices do. */
export function unread(options: UnreadOptions): Unread;
