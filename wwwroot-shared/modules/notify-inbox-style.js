// One sheet for every inbox on the page. The colours follow the page's color-scheme.
export const inboxStyle = new CSSStyleSheet();
inboxStyle.replaceSync(`
:host {
  --surface: var(--notify-inbox-surface, light-dark(#fff, #1a262a)); --hover: var(--notify-inbox-hover, light-dark(#f1f5f5, #22323c));
  --text: var(--notify-inbox-text, light-dark(#122124, #e7eef0)); --muted: var(--notify-inbox-muted, light-dark(#465659, #b0bfc2));
  --line: var(--notify-inbox-line, light-dark(#dde4e5, #34454a)); --edge: light-dark(#75878b, #6b7f84); --accent: var(--notify-inbox-accent, light-dark(#0b6377, #5cc0d5));
  --shadow: light-dark(#0c1c2038, #000000b8); --round: var(--notify-inbox-radius, 12px);
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
button, input { font: inherit; color: inherit; }
button { display: inline-grid; grid-auto-flow: column; place-items: center; gap: .375rem; min-width: 2rem; min-height: 2rem; padding: 0 .375rem; border: 0; border-radius: 6px; background: none; cursor: pointer; }
button:hover { background: var(--hover); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
article:focus-visible, [role=menuitem]:focus-visible { outline-offset: -2px; }
svg { width: 1.125rem; height: 1.125rem; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
[part=bell] { min-width: 2.25rem; min-height: 2.25rem; border-radius: 8px; }
/* A wide one grows over the bell, which often stands at the window's edge. */
:host(:not([inline])) [part=badge] { inset-inline: auto -.1875rem; }
[part=bell]:hover { background: color-mix(in srgb, currentColor 10%, transparent); }
[part=bell] svg { width: 1.375rem; height: 1.375rem; }
dialog, .toasts, .menu { font: 400 .875rem/1.25rem var(--notify-inbox-font, system-ui, sans-serif); color: var(--text); text-align: start; border: 0; margin: 0; overflow-wrap: anywhere; }
dialog, .menu, .toast { background: var(--surface); border-radius: var(--round); box-shadow: 0 0 0 1px var(--line), 0 18px 48px -8px var(--shadow); }
dialog { position: fixed; inset: auto; width: var(--notify-inbox-width, 25rem); max-width: 100vw; height: min(var(--notify-inbox-height, 38.5rem), calc(100dvh - 1rem)); max-height: none; padding: 0; overflow: hidden; }
dialog::backdrop { background: none; }
.panel { display: flex; flex-direction: column; height: 100%; }
.head { display: flex; align-items: center; gap: .25rem; padding: .75rem .75rem .25rem 1rem; }
.head:dir(rtl) { padding: .75rem 1rem .25rem .75rem; }
h2, h3, h4, p { margin: 0; font: inherit; }
h2 { flex: 1; font-size: 1rem; font-weight: 600; }
.quiet { padding: 0 .5rem; font-size: .8125rem; }
[role=tablist] { display: flex; gap: 1.125rem; padding: 0 1rem; border-bottom: 1px solid var(--line); }
[role=tab] { min-width: 1.5rem; min-height: 2.5rem; padding: 0; border-radius: 0; color: var(--muted); border-bottom: 2px solid transparent; }
[role=tab]:hover { background: none; color: var(--text); }
[role=tab][aria-selected=true] { color: var(--text); font-weight: 600; border-color: var(--accent); }
.strip { padding: .5rem 1rem; font-size: .8125rem; color: light-dark(#784b00, #f1bd5b); background: light-dark(#fff1d1, #2e230d); border-bottom: 1px solid light-dark(#ecc977, #6b5120); }
.panel [role=status]:not(.sr) { position: static; width: auto; height: auto; overflow: visible; clip-path: none; white-space: normal; }
.scroller { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; }
article { display: grid; grid-template-columns: 2rem minmax(0, 1fr) .5rem; gap: 0 .75rem; padding: .75rem 1rem; position: relative; cursor: default; }
article:hover, article:focus-within { background: var(--hover); }
article + article:not(:has(.day))::before { content: ''; position: absolute; top: 0; inset-inline: 3.75rem 1rem; border-top: 1px solid var(--line); }
.day { grid-column: 1 / -1; padding-bottom: .5rem; font-size: .75rem; line-height: 1rem; font-weight: 500; color: var(--muted); }
.sign { --c: light-dark(#43596b, #abc0d0); --s: light-dark(#ebf0f3, #22323c); display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: 8px; color: var(--c); background: var(--s); overflow: hidden; }
.sign img { width: 100%; height: 100%; object-fit: cover; }
.success { --c: light-dark(#17693a, #72d49a); --s: light-dark(#e3f4e9, #11291c); }
.warning { --c: light-dark(#784b00, #f1bd5b); --s: light-dark(#fff1d1, #2e230d); }
.critical { --c: light-dark(#8c1763, #f391c9); --s: light-dark(#fbe7f3, #34162a); }
h4 { padding-inline-end: 0; } .unread h4 { font-weight: 600; }
a { color: inherit; text-decoration: none; } h4 a:hover, .toast a:hover { text-decoration: underline; }
article p, .toast p { color: var(--muted); font-size: .8125rem; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.whole p { display: block; }
.meta { color: var(--muted); font-size: .75rem; line-height: 1rem; padding-top: .125rem; }
.acts { display: flex; flex-wrap: wrap; gap: .5rem; padding-top: .5rem; }
.button { display: inline-grid; place-items: center; min-height: 1.75rem; padding: 0 .625rem; border: 1px solid var(--edge); border-radius: 6px; font-size: .8125rem; font-weight: 500; background: var(--surface); }
.dot { align-self: start; width: .5rem; height: .5rem; margin-top: .375rem; border-radius: 50%; } .unread .dot { background: var(--accent); }
.tools { position: absolute; inset-block-end: .375rem; inset-inline-end: .75rem; display: flex; border-radius: 6px; background: var(--hover); }
.tools:has(button:hover) button:hover { background: color-mix(in srgb, currentColor 10%, transparent); }
@media (hover: hover) { article:not(:hover, :focus-within) .tools { opacity: 0; } }
@media (pointer: coarse) { .tools button { min-width: 2.75rem; min-height: 2.75rem; } .tools { position: static; grid-column: 2 / -1; justify-self: end; background: none; } }
.end { min-height: 1px; text-align: center; color: var(--muted); font-size: .75rem; } .end:not(:empty) { padding: 1rem; }
.empty { display: grid; justify-items: center; gap: .375rem; padding: 5rem 2rem 2rem; text-align: center; } .empty strong { font-weight: 600; font-size: .9375rem; } .empty p { color: var(--muted); } .empty .button { margin-top: .5rem; }
.ill { display: grid; place-items: center; width: 3.5rem; height: 3.5rem; margin-bottom: .5rem; border-radius: 12px; color: var(--muted); background: var(--hover); } .ill svg { width: 1.75rem; height: 1.75rem; }
.bone { display: grid; grid-template-columns: 2rem 1fr; gap: .5rem .75rem; padding: 1rem; } .bone i { height: .625rem; border-radius: 4px; background: var(--hover); } .bone i:first-child { grid-row: span 2; height: 2rem; border-radius: 8px; } .bone i:last-child { width: 60%; }
.menu { position: fixed; inset: auto; width: 18rem; max-width: calc(100vw - 1rem); padding: .375rem; } .menu [role=menu] { display: grid; }
.menu [role=menuitem] { display: flex; justify-content: space-between; min-height: 2.25rem; padding: 0 .625rem; text-align: start; } .menu .end { color: var(--muted); padding: 0; }
.menu .hint { padding: .25rem .625rem; color: var(--muted); font-size: .75rem; }
.menu form { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .375rem; padding: .5rem .625rem .375rem; margin-top: .375rem; border-top: 1px solid var(--line); }
.menu input { min-width: 0; height: 1.75rem; padding: 0 .25rem; border: 1px solid var(--edge); border-radius: 6px; background: var(--surface); font-size: .75rem; }
.over { inset: auto; }
.back:dir(rtl) svg { transform: scaleX(-1); }
.settings { padding: .25rem 1rem 1rem; display: flex; flex-direction: column; align-items: start; gap: .5rem; }
.settings h3 { font-weight: 600; padding-top: .75rem; outline-offset: 4px; } .settings .hint { color: var(--muted); font-size: .8125rem; }
.settings ul { list-style: none; margin: 0; padding: 0; align-self: stretch; } .settings li { display: flex; align-items: center; justify-content: space-between; gap: .75rem; min-height: 2.75rem; padding: .25rem 0; border-bottom: 1px solid var(--line); }
.settings li .button { flex: none; }
.settings label { display: flex; align-items: center; gap: .5rem; min-height: 2.25rem; } .settings [type=checkbox] { width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent); }
.times { display: flex; align-items: center; gap: .5rem; } .times input { height: 2.25rem; padding: 0 .5rem; border: 1px solid var(--edge); border-radius: 6px; background: var(--surface); }
.said { min-height: 2.75rem; padding: .5rem 1rem; font-size: .8125rem; } .said:not(:empty) { border-top: 1px solid var(--line); } .panel .said[role=status] { min-height: 2.75rem; }
@media (pointer: coarse) { [part=bell], .head button, .toast > button { min-width: 2.75rem; min-height: 2.75rem; } [role=tab], .menu [role=menuitem], .settings label { min-width: 2.75rem; min-height: 2.75rem; } .button, .menu input { min-height: 2.25rem; } }
.toasts { position: fixed; inset: auto; inset-block-end: 1rem; inset-inline-end: 1rem; width: min(22rem, calc(100vw - 2rem)); padding: .25rem; background: none; overflow: visible; } .toasts:popover-open { display: grid; gap: .5rem; }
.toast { display: grid; grid-template-columns: 2rem minmax(0, 1fr) auto; gap: .75rem; padding: .75rem; animation: rise 240ms cubic-bezier(.2, 0, 0, 1); }
.toast a, .plain { font-weight: 600; } .plain { display: inline; min-height: 0; min-width: 0; padding: 0; text-align: start; }
.burst { justify-self: end; padding: .125rem .5rem; border-radius: 6px; background: var(--surface); font-size: .8125rem; color: var(--muted); }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@keyframes rise { from { transform: translateY(12px); opacity: 0; } }
@media (max-width: 479px) { dialog { width: 100vw; height: 100dvh; border-radius: 0; } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
`);
