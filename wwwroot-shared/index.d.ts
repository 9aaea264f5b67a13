// What the package gives; the types of the values are in types.d.ts.
import type { SubscribeOptions, Subscription, Unread, UnreadOptions } from './types.js';

export type * from './types.js';

/** Calls back with what is published to the topics, in order and once each. */
export function subscribe(options: SubscribeOptions): Subscription;

/** Counts what is new on the topics, in every tab and, for a recipient, on every device. */
export function unread(options: UnreadOptions): Unread;
