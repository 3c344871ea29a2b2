// Everything every page needs: partial updates (htmx), forms that act through the API, growing tables, uploads, live refresh.
import htmx from 'htmx.org/dist/htmx.esm.js';
import { wireActs } from './act.js';
import { restoreTyped, wireKeeping } from './keep.js';
import { wireRows } from './rows.js';
import { wireUploads } from './upload.js';
import { wireImports } from './import.js';
import { wireLive } from './live.js';
import { wireMoments } from './moments.js';
import { wireKinds } from './kinds.js';
import { wireDrafts } from './draft.js';
import { wireRanking } from './ranking.js';
import { wireConclusion } from './conclusion.js';
import { wireTogether } from './together.js';
import { labelCells } from './labels.js';

window.htmx = htmx;

function wire(root) {
  labelCells(root);
  wireActs(root);
  wireRows(root);
  wireUploads(root);
  wireImports(root);
  wireMoments(root);
  wireKinds(root);
  wireRanking(root);
  wireConclusion(root);
  wireTogether(root);
}

wire(document);
wireKeeping();
restoreTyped();
wireDrafts();
wireLive();
document.addEventListener('htmx:after:swap', () => wire(document));

// On a phone the places stand in one row: the one that the page belongs to is in sight.
document.querySelector('.side [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

// The page needs charts only where one stands on it.
async function drawCharts() {
  if (document.querySelector('[data-chart]')) (await import('./charts.js')).draw();
}
drawCharts();
document.addEventListener('htmx:after:swap', drawCharts);
document.addEventListener('redraw', drawCharts);

// A click that only changes what is shown, never what is recorded.
document.addEventListener('click', event => {
  const target = event.target.closest('[data-open], [data-close], [data-print], [data-check-all]');
  if (!target) return;
  if (target.dataset.open) document.querySelector(target.dataset.open)?.showModal();
  if ('close' in target.dataset) target.closest('dialog')?.close();
  if ('print' in target.dataset) window.print();
  if (target.dataset.checkAll) {
    for (const box of document.querySelectorAll(target.dataset.checkAll)) box.checked = target.checked;
    target.dispatchEvent(new Event('change', { bubbles: true }));
  }
});
// A filter is applied as soon as it is chosen.
document.addEventListener('change', event => {
  if (event.target.matches('[data-submit-on-change]')) event.target.form.requestSubmit();
});
