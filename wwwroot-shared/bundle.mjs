// Bundles and minifies the browser modules for a publish: node bundle.mjs <folder>. A build serves them as they are written.
import { build } from 'esbuild';

const outdir = process.argv[2];
/** What few pages need, imported when it is. */
const lazy = ['identity', 'mute-rules', 'page-indicators', 'notify-inbox-menu', 'notify-inbox-settings'];
const options = { bundle: true, minify: true, sourcemap: true, format: 'esm', target: 'es2022', outdir, logLevel: 'warning' };
const file = name => `./${name}.js`;

/** Each entry has a copy of what it imports; `once` must exist once in a page, and stays an import. */
const bundle = (entries, once) => build({ ...options, entryPoints: entries.map(name => `wwwroot/${name}.js`), external: once.map(file) });

await Promise.all([
  // The stream is in the badge's file, so that a page with a badge loads one file.
  bundle(['notify-badge'], lazy),
  bundle(['notify-inbox', 'badge-words'], [...lazy, 'notification-source']),
  bundle(lazy, ['notification-source']),
  // Of the dashboard alone.
  bundle(['notify-preview'], lazy),
  // The library of charts. Minifying drops the comment that names its author and licence.
  build({ ...options, entryPoints: ['uplot/dist/uPlot.esm.js'], sourcemap: false, banner: { js: '/*! uPlot, (c) Leon Sorokin, MIT licence: https://github.com/leeoniya/uPlot */' } }),
  build({ ...options, stdin: { contents: "export { subscribe, unread } from './notify-badge.js';", resolveDir: 'wwwroot', sourcefile: 'notification-source.js' }, outfile: `${outdir}/notification-source.js`, outdir: undefined, external: [file('notify-badge')] }),
]);
