// What the package gives; the shapes are in wwwroot/types.d.ts.
import type { Subscription, Unread, UnreadWish, Wish } from './modules/types.js';

export type * from './modules/types.js';

/** Calls back with what is published to the wish's topics, in order and once each. */
export function subscribe(wish: Wish): Subscription;

/** Counts what is new on the wish's topics, in every tab and, for a recipient, on every device. */
export function unread(wish: UnreadWish): Unread;
