export const toastsCss = `
.toasts { position: fixed; inset: auto; inset-block-end: 1rem; inset-inline-end: 1rem; width: min(22rem, calc(100vw - 2rem)); padding: .25rem; background: none; overflow: visible; }
.toasts:popover-open { display: grid; gap: .5rem; }
.toast { display: grid; grid-template: "sign text close" / 2rem minmax(0, 1fr) auto; gap: .75rem; padding: .75rem; animation: rise 240ms cubic-bezier(.2, 0, 0, 1); }
.toast > button { align-self: start; margin-block: -.375rem 0; margin-inline: 0 -.375rem; }
.title { display: block; place-items: normal; width: 100%; min-height: 1.5rem; padding: .125rem 0; border-radius: 2px; font-weight: 600; text-align: start; }
.title:hover { background: none; }
.burst { justify-self: end; padding: .125rem .5rem; border-radius: 6px; background: var(--surface); font-size: .8125rem; color: var(--muted); }
@keyframes rise { from { transform: translateY(12px); opacity: 0; } }
@media (pointer: coarse) { .toast > button { min-width: 2.75rem; min-height: 2.75rem; margin: -.75rem; } }
`;
