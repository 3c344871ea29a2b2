// On a phone a table of several columns is read row by row, each cell beside its head (office.css, .cards). A matrix and what stands side by side stay tables,
// and so does a table whose cells name their heads themselves.
const fewest = 3;

export function labelCells(root) {
  for (const table of root.querySelectorAll('.table-wrap > table.table:not(.matrix, .side-by-side)')) {
    if (table.matches('.cards:not([data-labels])')) continue;
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map(head => (head.querySelector('.visually-hidden, input') ? '' : head.textContent.trim()));
    if (heads.length < fewest) continue;
    table.classList.add('cards');
    table.dataset.labels = '';
    for (const row of table.tBodies[0]?.rows ?? []) {
      if (row.cells.length === heads.length) [...row.cells].forEach((cell, i) => { if (heads[i] && cell.tagName === 'TD') cell.dataset.label = heads[i]; });
    }
  }
}
