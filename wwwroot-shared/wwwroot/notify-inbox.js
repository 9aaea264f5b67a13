// Defines <notify-inbox>. A page may load this file twice, under two addresses: the first one counts.
import { NotifyInboxElement } from './notify-inbox-element.js';

if (!customElements.get('notify-inbox')) customElements.define('notify-inbox', NotifyInboxElement);

export { NotifyInboxElement };
