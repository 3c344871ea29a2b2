// Bundles the pages' scripts and styles into wwwroot/lib. Run by `npm run build`.
import { build } from 'esbuild';
import { copyFile, rm } from 'node:fs/promises';

const out = 'wwwroot/lib';
await rm(out, { recursive: true, force: true });
await build({
  entryPoints: {
    app: 'Pages/Frontend/app.js',
    charts: 'Pages/Frontend/charts.js',
    style: 'Pages/Frontend/style.css',
  },
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  outdir: out,
  legalComments: 'linked',
  logLevel: 'warning',
});
await copyFile('Pages/Frontend/favicon.svg', `${out}/favicon.svg`);
