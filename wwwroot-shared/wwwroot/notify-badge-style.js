/** The style of a badge, for `adoptStyles`. */
export const badgeCss = `
:host { position: relative; display: inline-grid; place-items: center; }
:host([inline]) { display: inline-flex; gap: .5rem; }
[part=badge] {
  display: inline-grid; place-items: center; flex: none; box-sizing: border-box; pointer-events: none;
  min-width: var(--notify-badge-size, 1.125rem); height: var(--notify-badge-size, 1.125rem); padding: 0 .3125rem;
  border-radius: 99px; background: var(--notify-badge-background, #e11230); color: var(--notify-badge-color, #fff);
  font: 700 var(--notify-badge-font-size, .6875rem)/1 var(--notify-badge-font, system-ui); font-variant-numeric: tabular-nums;
}
:host(:not([inline])) [part=badge] {
  position: absolute; inset-inline-start: calc(50% + .1875rem); bottom: calc(50% + .125rem);
  box-shadow: 0 0 0 2px var(--notify-badge-seat, Canvas);
}
:host([hidden]), [part=badge]:empty { display: none; }
[role=status] { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (forced-colors: active) {
  [part=badge] { background: Highlight; color: HighlightText; forced-color-adjust: none; }
}
`;

const easing = 'cubic-bezier(.28,1.7,.45,1)';

/** Animates a badge that appears, or whose count rises. @param {Element} badge @param {number} before the count it had */
export const move = (badge, before) => {
  if (matchMedia('(prefers-reduced-motion:reduce)').matches) return;
  badge.animate(before ? { scale: [1, 1.22, 1], offset: [0, 0.4], easing } : { scale: [0.3, 1], opacity: [0, 1], easing }, 420);
};
