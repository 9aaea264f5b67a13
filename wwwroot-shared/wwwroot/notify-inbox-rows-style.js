/** The styles of rows, and of the parts that toasts share with them, for `adoptStyles`. */
export const rowsCss = `
article {
  display: grid; grid-template: "day day day day" "sign title title dot" "sign body body ." "sign meta tools ." ". links links ." / 2rem minmax(0, 1fr) auto .5rem;
  column-gap: .75rem; position: relative; padding: .75rem 1rem; cursor: default;
}
article:hover, article:focus-within { background: var(--hover); }
article + article:not(:has(.day))::before { content: ''; position: absolute; top: 0; inset-inline: 3.75rem 1rem; border-top: 1px solid var(--line); }
.day { grid-area: day; padding-bottom: .5rem; font-size: .75rem; line-height: 1rem; font-weight: 500; color: var(--muted); }
.sign {
  --shape: light-dark(#43596b, #abc0d0); --tint: light-dark(#ebf0f3, #22323c);
  grid-area: sign; display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: 8px; color: var(--shape); background: var(--tint); overflow: hidden;
}
.sign img { width: 100%; height: 100%; object-fit: cover; }
.success { --shape: light-dark(#17693a, #72d49a); --tint: light-dark(#e3f4e9, #11291c); }
.warning { --shape: light-dark(#784b00, #f1bd5b); --tint: light-dark(#fff1d1, #2e230d); }
.critical { --shape: light-dark(#8c1763, #f391c9); --tint: light-dark(#fbe7f3, #34162a); }

.clipped { text-align: start; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.expanded .clipped { text-align: start; display: block; }
h4 { grid-area: title; }
h4 a { display: block; border-radius: 2px; }
.unread h4 { font-weight: 600; }
h4 a:hover, .title:hover { text-decoration: underline; }
article p { grid-area: body; }
article p, .toast p { color: var(--muted); font-size: .8125rem; }
.meta { grid-area: meta; display: flex; min-width: 0; padding-top: .125rem; color: var(--muted); font-size: .75rem; line-height: 1rem; white-space: pre; }
.meta bdi { overflow: hidden; text-overflow: ellipsis; }
.meta time { flex: none; }
.links { grid-area: links; display: flex; flex-wrap: wrap; gap: .5rem; padding-top: .5rem; }
.links .button { max-width: 100%; }
.dot { grid-area: dot; width: .5rem; height: .5rem; margin-top: .375rem; border-radius: 50%; }
.unread .dot { background: var(--accent); }

/* In the line of the topic and the time, without increasing its height. */
.tools { grid-area: tools; display: flex; margin-block: -.1875rem -.3125rem; }
.tools button { min-width: 1.625rem; min-height: 1.625rem; padding: 0; }
.tools button:hover { background: color-mix(in srgb, currentColor 10%, transparent); }
.end { min-height: 1px; text-align: center; color: var(--muted); font-size: .75rem; }
.end:not(:empty) { padding: 1rem; }

@media (hover: hover) {
  article:not(:hover, :focus-within, :has([aria-expanded=true])) .tools { opacity: 0; }
}
@media (pointer: coarse) {
  article { grid-template: "day day day" "sign title tools" "sign body tools" "sign meta tools" ". links links" / 2rem minmax(0, 1fr) 2.75rem; padding-inline-end: .25rem; }
  .meta { padding-bottom: .125rem; }
  h4 a, .title { margin-block: -.75rem; padding-block: .75rem; }
  .tools { margin-block: -.75rem; align-self: start; }
  .tools button { min-width: 2.75rem; min-height: 2.75rem; }
  .tools .archive { display: none; }
  /* In the padding beside the sign. */
  .dot { grid-area: sign; margin-block-start: .75rem; margin-inline-start: -.75rem; }
}
@media (forced-colors: active) {
  .unread .dot { background: Highlight; }
}
`;
