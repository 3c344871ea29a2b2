// Bundles the pages' scripts and styles into wwwroot/lib. Run by `npm run build`.
import { build } from 'esbuild';
import { copyFile, rm } from 'node:fs/promises';

const out = 'wwwroot/lib';
await rm(out, { recursive: true, force: true });
await build({
  entryPoints: {
    app: 'Pages/Frontend/app.js',
    style: 'Pages/Frontend/style.css',
  },
  bundle: true,
  minify: true,
  format: 'esm',
  splitting: true,
  chunkNames: 'part-[name]-[hash]', // named by content: a browser keeps it for good
  target: 'es2022',
  outdir: out,
  legalComments: 'linked',
  logLevel: 'warning',
});
await copyFile('Pages/Frontend/favicon.svg', `${out}/favicon.svg`);
