// Defines <notify-badge>. A page may load this file under two URLs; only the first one defines the element.
import { NotifyBadgeElement } from './notify-badge-element.js';

if (!customElements.get('notify-badge')) customElements.define('notify-badge', NotifyBadgeElement);

export { NotifyBadgeElement };
export { subscribe, unread } from './notification-source.js';
