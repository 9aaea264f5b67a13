/** The styles of the bell and the panel, for `adoptStyles`. The colours follow the page's color-scheme. */
export const inboxCss = `
:host {
  --surface: var(--notify-inbox-surface, light-dark(#fff, #1a262a));
  --hover: var(--notify-inbox-hover, light-dark(#f1f5f5, #22323c));
  --text: var(--notify-inbox-text, light-dark(#122124, #e7eef0));
  --muted: var(--notify-inbox-muted, light-dark(#465659, #b0bfc2));
  --line: var(--notify-inbox-line, light-dark(#dde4e5, #34454a));
  --edge: light-dark(#75878b, #6b7f84);
  --accent: var(--notify-inbox-accent, light-dark(#0b6377, #5cc0d5));
  --shadow: light-dark(#0c1c2038, #000000b8);
  --round: var(--notify-inbox-radius, 12px);
  --bell: 2.25rem;
  --badge-room: var(--notify-inbox-badge-room, 1.25rem);
  padding-inline-end: var(--badge-room);
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
button, input { font: inherit; color: inherit; }
button {
  display: inline-grid; grid-auto-flow: column; place-items: center; gap: .375rem; min-width: 2rem; min-height: 2rem; padding: 0 .375rem;
  border: 0; border-radius: 6px; background: none; cursor: pointer;
}
button:hover { background: var(--hover); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
article:focus-visible, [role=menuitem]:focus-visible { outline-offset: -2px; }
svg { width: 1.125rem; height: 1.125rem; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.icon-more { stroke-width: 3; }
a { color: inherit; text-decoration: none; }
h2, h3, h4, p { margin: 0; font: inherit; }

[part=bell] { min-width: var(--bell); min-height: var(--bell); border-radius: 8px; }
[part=bell]:hover { background: color-mix(in srgb, currentColor 10%, transparent); }
[part=bell] svg { width: 1.375rem; height: 1.375rem; }
/* Beside the bell's shape, which ends .5rem from the centre of its button; the host's padding leaves space for "99+". */
:host(:not([inline])) [part=badge] { inset-inline: calc(100% - var(--badge-room) - var(--bell) / 2 + .5rem) auto; }

dialog, .toasts, .menu { font: 400 .875rem/1.25rem var(--notify-inbox-font, system-ui, sans-serif); color: var(--text); text-align: start; border: 0; margin: 0; overflow-wrap: anywhere; }
dialog, .menu, .toast { background: var(--surface); border-radius: var(--round); box-shadow: 0 0 0 1px var(--line), 0 18px 48px -8px var(--shadow); }
dialog {
  position: fixed; inset: auto; width: var(--notify-inbox-width, 25rem); max-width: 100vw;
  height: min(var(--notify-inbox-height, 38.5rem), calc(100dvh - 1rem)); max-height: none; padding: 0; overflow: hidden;
}
dialog::backdrop { background: none; }
.panel { display: flex; flex-direction: column; height: 100%; }
.head { display: flex; align-items: center; gap: .25rem; padding-block: .75rem .25rem; padding-inline: 1rem .75rem; }
.head button { flex: none; }
h2 { flex: 1; min-width: 0; font-size: 1rem; font-weight: 600; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.read-all { padding: 0 .5rem; font-size: .8125rem; }

[role=tablist] { display: flex; gap: 1.125rem; padding: 0 1rem; border-bottom: 1px solid var(--line); }
[role=tab] { min-width: 1.5rem; min-height: 2.5rem; padding: 0; border-radius: 0; color: var(--muted); border-bottom: 2px solid transparent; }
[role=tab]:hover { background: none; color: var(--text); }
[role=tab][aria-selected=true] { color: var(--text); font-weight: 600; border-color: var(--accent); }

.strip { display: flex; align-items: center; gap: .75rem; padding: .5rem 1rem; font-size: .8125rem; color: light-dark(#784b00, #f1bd5b); background: light-dark(#fff1d1, #2e230d); border-bottom: 1px solid light-dark(#ecc977, #6b5120); }
.strip span { flex: 1; }
.strip .button { flex: none; color: var(--text); }
.panel [role=status]:not(.sr) { position: static; width: auto; height: auto; overflow: visible; clip-path: none; white-space: normal; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.scroller { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; }
.button {
  display: inline-grid; place-items: center; min-height: 1.75rem; padding: 0 .625rem; border: 1px solid var(--edge); border-radius: 6px;
  font-size: .8125rem; font-weight: 500; background: var(--surface);
}

.empty { display: grid; justify-items: center; gap: .375rem; padding: 5rem 2rem 2rem; text-align: center; }
.empty strong { font-weight: 600; font-size: .9375rem; }
.empty p { color: var(--muted); }
.empty .button { margin-top: .5rem; }
.illustration { display: grid; place-items: center; width: 3.5rem; height: 3.5rem; margin-bottom: .5rem; border-radius: 12px; color: var(--muted); background: var(--hover); }
.illustration svg { width: 1.75rem; height: 1.75rem; }
.bone { display: grid; grid-template-columns: 2rem 1fr; gap: .5rem .75rem; padding: 1rem; }
.bone i { height: .625rem; border-radius: 4px; background: var(--hover); }
.bone i:first-child { grid-row: span 2; height: 2rem; border-radius: 8px; }
.bone i:last-child { width: 60%; }

@media (pointer: coarse) {
  :host { --bell: 2.75rem; --badge-room: var(--notify-inbox-badge-room, 1rem); }
  .head button { min-width: 2.75rem; min-height: 2.75rem; }
  [role=tab] { position: relative; min-height: 2.75rem; }
  .button { position: relative; min-height: 2.25rem; }
  /* Touch targets are larger than the visible controls. */
  [role=tab]::after, .button::after { content: ''; position: absolute; inset: -.25rem 0; }
  [role=tab]::after { inset: 0 -.5625rem; }
}
@media (max-width: 479px) { dialog { width: 100vw; height: 100dvh; border-radius: 0; } }
@media (max-width: 374px) { .read-all span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
@media (forced-colors: active) {
  dialog, .menu, .toast { border: 1px solid CanvasText; }
  [role=tab] { border-color: Canvas; }
  [role=tab][aria-selected=true] { border-color: Highlight; }
  .bone i { background: GrayText; }
}
`;
