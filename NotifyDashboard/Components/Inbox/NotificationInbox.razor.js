// The browser part of NotificationInbox: defines the element, and sends its events to the component.
import '../../shared/notify-inbox.js';

const retryDelay = 1_000;

/** @param {any} element a notify-inbox @param {any} component a DotNetObjectReference @param {boolean} decides whether the component handles an opened notification instead of the browser following its link */
export function start(element, component, decides) {
  const listening = new AbortController(), { signal } = listening;
  let sentCount = -1, isSending = false;

  // Sends only the newest count, and retries until the circuit is connected again.
  const sendCount = async () => {
    if (isSending) return;
    isSending = true;
    while (!signal.aborted && sentCount !== element.count) {
      const count = element.count;
      try { await component.invokeMethodAsync('CountAsync', count); sentCount = count; } catch { await new Promise(resolve => setTimeout(resolve, retryDelay)); }
    }
    isSending = false;
  };
  const send = (method, value) => component.invokeMethodAsync(method, value).catch(() => { /* the circuit is down; a late event would be of no use */ });

  element.addEventListener('notify-inbox-change', sendCount, { signal });
  element.addEventListener('notify-inbox-toggle', event => send('ToggleAsync', event.detail.open), { signal });
  element.addEventListener('notify-inbox-open', event => {
    const { notification: { id, title }, url } = event.detail;
    if (decides) event.preventDefault();
    send('OpenAsync', { id, title: title ?? null, url: url ?? null });
  }, { signal });
  if (element.count) sendCount();
  return { show: () => element.show(), hide: () => element.close(), end: () => listening.abort() };
}
