// The elements: importing notifydashboard/badge or notifydashboard/inbox defines them.
import type { InboxTexts, TokenFunction } from './types.js';

export class NotifyBadgeElement extends HTMLElement {
  topics: string;
  hub: string;
  tokenUrl: string;
  /** Returns the visitor's token; replaces `tokenUrl`. */
  token: TokenFunction | undefined;
  mode: 'unseen' | 'unread';
  also: string;
  max: number;
  label: string;
  labelOne: string;
  readonly count: number;
  /** Marks everything on these topics as seen, or as read in mode `unread`. */
  clear(): void;
}

export class NotifyInboxElement extends HTMLElement {
  hub: string;
  tokenUrl: string;
  /** Returns the visitor's token; replaces `tokenUrl`. */
  token: TokenFunction | undefined;
  toasts: 'on' | 'off';
  sound: 'on' | 'off';
  max: number;
  texts: Partial<InboxTexts>;
  readonly count: number;
  readonly open: boolean;
  show(): void;
  close(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'notify-badge': NotifyBadgeElement;
    'notify-inbox': NotifyInboxElement;
  }
}
