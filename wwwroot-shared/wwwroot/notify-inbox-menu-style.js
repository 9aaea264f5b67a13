export const menuCss = `
.menu { position: fixed; inset: auto; width: 18rem; max-width: calc(100vw - 1rem); max-height: calc(100dvh - 1rem); overflow-y: auto; padding: .375rem; }
.menu [role=menu], .menu [role=group] { display: grid; }
.menu [role=menuitem] { display: flex; justify-content: space-between; gap: .75rem; min-height: 2.25rem; padding: 0 .625rem; text-align: start; }
.menu .hint { flex: none; color: var(--muted); }
.menu [role=group] { margin-top: .375rem; padding-top: .375rem; border-top: 1px solid var(--line); }
.menu .heading { padding: .25rem .625rem; color: var(--muted); font-size: .75rem; }
.menu form { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .375rem; padding: .375rem .625rem; }
.menu input { min-width: 0; height: 1.75rem; padding: 0 .25rem; border: 1px solid var(--edge); border-radius: 6px; background: var(--surface); font-size: .75rem; }
@media (pointer: coarse) {
  .menu [role=menuitem] { min-height: 2.75rem; }
  .menu input, .menu .button { height: 2.75rem; font-size: .875rem; }
}
@media (max-width: 479px) {
  .menu { inset: auto 0 0; width: 100vw; max-width: none; border-end-start-radius: 0; border-end-end-radius: 0; padding-bottom: max(.375rem, env(safe-area-inset-bottom)); }
  .menu::backdrop { background: #0c1c2066; }
}
`;
