// Defines <notify-inbox>. A page may load this file under two URLs; only the first one defines the element.
import { NotifyInboxElement } from './notify-inbox-element.js';

if (!customElements.get('notify-inbox')) customElements.define('notify-inbox', NotifyInboxElement);

export { NotifyInboxElement };
