// One sheet for every badge on the page. A constructed sheet needs no exception in a content security policy.
export const badgeStyle = new CSSStyleSheet();
badgeStyle.replaceSync(`
:host { position: relative; display: inline-grid; place-items: center; }
:host([inline]) { display: inline-flex; gap: .5rem; }
:host([hidden]), [part=badge][hidden] { display: none; }
[part=badge] {
  display: inline-grid; place-items: center; flex: none; box-sizing: border-box; pointer-events: none;
  min-width: var(--notify-badge-size, 1.125rem); height: var(--notify-badge-size, 1.125rem); padding: 0 .3125rem;
  border-radius: 99px; background: var(--notify-badge-background, #e11230); color: var(--notify-badge-color, #fff);
  font: 700 var(--notify-badge-font-size, .6875rem)/1 var(--notify-badge-font, system-ui, sans-serif); font-variant-numeric: tabular-nums;
}
:host(:not([inline])) [part=badge] {
  position: absolute; inset-inline-start: 50%; bottom: 50%; margin: 0 0 .125rem; margin-inline-start: .1875rem;
  box-shadow: 0 0 0 2px var(--notify-badge-seat, Canvas);
}
[role=status] { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.pop { animation: pop .42s cubic-bezier(.28, 1.7, .45, 1); }
.nod { animation: nod .42s cubic-bezier(.28, 1.7, .45, 1); }
@keyframes pop { 0% { transform: scale(.3); opacity: 0; } 60% { opacity: 1; } }
@keyframes nod { 40% { transform: scale(1.22); } }
@media (prefers-reduced-motion: reduce) { .pop, .nod { animation: none; } }
`);
