export const settingsCss = `
.over { inset: auto; }
.back:dir(rtl) svg { transform: scaleX(-1); }
.settings { display: flex; flex-direction: column; align-items: start; gap: .5rem; padding: .25rem 1rem 1rem; }
.settings h3 { padding-top: .75rem; font-weight: 600; outline-offset: 4px; }
.settings .hint { color: var(--muted); font-size: .8125rem; }
.settings ul { align-self: stretch; margin: 0; padding: 0; list-style: none; }
.settings li { display: flex; align-items: center; justify-content: space-between; gap: .75rem; min-height: 2.75rem; padding: .25rem 0; border-bottom: 1px solid var(--line); }
.settings li .button { flex: none; }
.settings label { display: flex; align-items: center; gap: .5rem; min-height: 2.25rem; }
.settings [type=checkbox] { width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent); }
.times { display: flex; align-items: center; gap: .5rem; }
.times input { height: 2.25rem; padding: 0 .5rem; border: 1px solid var(--edge); border-radius: 6px; background: var(--surface); }
.panel .status[role=status] { min-height: 2.75rem; padding: .5rem 1rem; font-size: .8125rem; }
.status:not(:empty) { border-top: 1px solid var(--line); }
@media (pointer: coarse) {
  .settings label { min-width: 2.75rem; min-height: 2.75rem; }
  .times input, .settings li .button { min-height: 2.75rem; }
}
`;
