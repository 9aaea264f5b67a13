// The browser's half of NotificationInbox: defines the element, and tells the component what happens in it.
import '../../shared/notify-inbox.js';

const tryAgainAfter = 1_000;

/** @param {any} element a notify-inbox @param {any} component a DotNetObjectReference @param {boolean} decides whether the page goes where an opened notification leads */
export function start(element, component, decides) {
  const listening = new AbortController(), { signal } = listening;
  let told = -1, telling = false;

  // The newest count alone, again and again until a circuit that is down is back.
  const tellCount = async () => {
    if (telling) return;
    telling = true;
    while (!signal.aborted && told !== element.count) {
      const count = element.count;
      try { await component.invokeMethodAsync('CountAsync', count); told = count; } catch { await new Promise(wait => setTimeout(wait, tryAgainAfter)); }
    }
    telling = false;
  };
  const tell = (method, what) => component.invokeMethodAsync(method, what).catch(() => { /* the circuit is down, and the moment over when it is back */ });

  element.addEventListener('notify-inbox-change', tellCount, { signal });
  element.addEventListener('notify-inbox-toggle', event => tell('ToggleAsync', event.detail.open), { signal });
  element.addEventListener('notify-inbox-open', event => {
    const { notification: { id, title }, url } = event.detail;
    if (decides) event.preventDefault();
    tell('OpenAsync', { id, title: title ?? null, url: url ?? null });
  }, { signal });
  if (element.count) tellCount();
  return { show: () => element.show(), hide: () => element.close(), end: () => listening.abort() };
}
