// A table that somebody sends: <form data-import="/api/…/import"> with a file. First it is only checked, and the report shown; then it is stored, all of it or, if asked for, only the good rows.
import { clearErrors, show } from './act.js';
import { text } from './text.js';

const wired = new WeakSet();

export function wireImports(root) {
  for (const form of root.querySelectorAll('form[data-import]')) {
    if (wired.has(form)) continue;
    wired.add(form);
    form.addEventListener('submit', event => {
      event.preventDefault();
      send(form, event.submitter?.dataset.query ?? 'dryRun=true');
    });
    form.querySelector('input[type=file]').addEventListener('change', () => { form.querySelector('[data-report]').hidden = true; clearErrors(form); });
  }
}

async function send(form, query) {
  clearErrors(form);
  const [file] = form.querySelector('input[type=file]').files;
  if (!file) { show(form, [{ field: 'file', message: form.dataset.missing }]); return; }
  const buttons = form.querySelectorAll('button');
  buttons.forEach(b => { b.disabled = true; });
  form.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(`${form.dataset.import}?${query}`, {
      method: 'POST',
      body: file,
      headers: {
        'Content-Type': file.name.toLowerCase().endsWith('.xlsx') ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv',
        'Accept': 'application/json',
        'Accept-Language': document.documentElement.lang,
        'X-CSRF-Token': document.querySelector('meta[name=csrf]')?.content ?? '',
      },
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok || answer.report) report(form, answer.report ?? answer);
    else show(form, answer.errors?.length ? answer.errors : [{ message: answer.detail ?? answer.title ?? text('unreachable'), code: answer.code }]);
  } catch {
    show(form, [{ message: text('unreachable') }]);
  } finally {
    buttons.forEach(b => { b.disabled = false; });
    form.removeAttribute('aria-busy');
  }
}

/** Shows what was found, and offers what can be done about it. */
function report(form, found) {
  const part = form.querySelector('[data-report]');
  const good = found.registered + found.updated + found.unchanged;
  const fill = words => words.replace('{rows}', found.rows).replace('{registered}', found.registered).replace('{updated}', found.updated)
    .replace('{unchanged}', found.unchanged).replace('{good}', good).replace('{wrong}', new Set(found.rejected.map(c => c.row)).size);
  for (const place of part.querySelectorAll('[data-words]')) {
    const stored = place.dataset.when;
    place.hidden = stored !== undefined && stored !== String(found.stored);
    place.textContent = fill(place.dataset.words);
  }
  const table = part.querySelector('[data-rejected]');
  table.hidden = found.rejected.length === 0;
  const body = table.querySelector('tbody');
  body.replaceChildren();
  for (const cell of found.rejected) {
    const row = body.insertRow();
    row.insertCell().textContent = cell.row;
    row.insertCell().textContent = cell.column;
    row.insertCell().textContent = document.documentElement.lang.startsWith('en') ? cell.english : cell.chinese;
    row.dataset.code = cell.code;
  }
  part.querySelector('[data-store=all]').hidden = found.stored || found.rejected.length > 0 || good === 0;
  part.querySelector('[data-store=good]').hidden = found.stored || found.rejected.length === 0 || good === 0;
  part.querySelector('[data-then]').hidden = !found.stored;
  part.hidden = false;
  part.focus();
}
