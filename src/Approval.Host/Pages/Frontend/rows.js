// Growing tables: <table data-rows="content.budget"> with rows [data-row] and a <template data-row-template>; names hold [#] for the row's place.
// Live sums: <output data-sum="content.budget[*].amount">.
import { labelCells } from './labels.js';

const wired = new WeakSet();

export function wireRows(root) {
  for (const table of root.querySelectorAll('[data-rows]')) {
    if (wired.has(table)) continue;
    wired.add(table);
    const template = table.querySelector('template[data-row-template]') ?? table.parentElement.querySelector('template[data-row-template]');
    const grow = () => {
      const body = table.querySelector('tbody') ?? table;
      body.append(template.content.cloneNode(true));
      renumber(table);
      labelCells(document);
      return body.lastElementChild;
    };
    table.addEventListener('grow', grow);
    table.addEventListener('click', event => {
      if (event.target.closest('[data-add-row]')) {
        grow().querySelector('input, select, textarea')?.focus();
      } else if (event.target.closest('[data-remove-row]')) {
        const row = event.target.closest('[data-row]');
        const next = row.nextElementSibling ?? row.previousElementSibling;
        row.remove();
        renumber(table);
        (next?.querySelector('input, select, textarea') ?? table.querySelector('[data-add-row]'))?.focus();
      } else return;
      table.dispatchEvent(new Event('input', { bubbles: true }));
    });
    renumber(table);
  }
  for (const form of root.querySelectorAll('form')) {
    if (wired.has(form) || !form.querySelector('[data-sum]')) continue;
    wired.add(form);
    form.addEventListener('input', () => sum(form));
    for (const button of form.querySelectorAll('[data-take-sum]')) {
      button.addEventListener('click', () => {
        form.elements['content.total'].value = form.querySelector(`[data-sum="${button.dataset.takeSum}"]`).dataset.yuan;
        form.dispatchEvent(new Event('input'));
      });
    }
    sum(form);
  }
}

/** Gives the fields of every row the names of its place. */
export function renumber(table) {
  const prefix = table.dataset.rows;
  table.querySelectorAll('[data-row]').forEach((row, i) => {
    for (const field of row.querySelectorAll('[data-name]')) {
      field.name = `${prefix}[${i}].${field.dataset.name}`;
      field.id ||= `${prefix}-${crypto.getRandomValues(new Uint32Array(1))[0]}`.replaceAll(/\W/g, '-');
    }
    for (const place of row.querySelectorAll('[data-place]')) place.textContent = String(i + 1);
    for (const line of row.querySelectorAll('[data-line-number]')) if (!line.value) line.value = String(nextLine(table));
  });
}

/** A line keeps its number when others go; a new one gets the next free. */
function nextLine(table) {
  return Math.max(0, ...[...table.querySelectorAll('[data-line-number]')].map(f => Number(f.value) || 0)) + 1;
}

function sum(form) {
  for (const out of form.querySelectorAll('[data-sum]')) {
    const [prefix, name] = out.dataset.sum.split('[*].');
    const cents = [...form.elements]
      .filter(f => f.name?.startsWith(`${prefix}[`) && f.name.endsWith(`].${name}`))
      .reduce((total, f) => total + Math.round((Number(f.value) || 0) * 100), 0);
    const yuan = cents / 100;
    out.textContent = yuan.toLocaleString(document.documentElement.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    out.dataset.yuan = yuan.toFixed(2);
  }
}
