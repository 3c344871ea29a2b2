// Forms that act: <form data-act="/api/…" data-method="POST" data-etag="7" data-done="reload">.
// The form's fields become the command's JSON; what the API refuses is shown where it arose; nothing typed is lost.
// What data-done="keep" answers stands in the form's [data-answer="field"] and uncovers its [data-answered].
import { text } from './text.js';

const wired = new WeakSet();

/** Makes a key under which the API remembers an act, so that a double click or a retry acts once. */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, '0')).join('');
}

export function wireActs(root) {
  for (const form of root.querySelectorAll('form[data-act]')) {
    if (wired.has(form)) continue;
    wired.add(form);
    form.noValidate = true;
    let key = newKey();
    form.addEventListener('input', () => { key = newKey(); });
    form.addEventListener('submit', async event => {
      event.preventDefault();
      const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
      if (question && !window.confirm(question)) return;
      const done = await act(form, key, event.submitter);
      if (done) key = newKey();
    });
  }
}

/** The value of one field in the type that the command wants. */
function valueOf(field) {
  const raw = field.type === 'checkbox' && !('list' in field.dataset) ? field.checked : field.value;
  switch (field.dataset.type) {
    case 'number': return raw === '' ? null : Number(raw);
    case 'wan': return raw === '' ? null : Math.round(Number(raw) * 1000000) / 100;
    case 'boolean': return raw === true || raw === 'true';
    case 'lines': return raw.split('\n').map(line => line.trim()).filter(Boolean);
    case 'json': return raw === '' ? null : JSON.parse(raw);
    case 'jsons': return raw.trim() === '' ? null : [].concat(JSON.parse(raw));
    default: return (field.dataset.optional ?? 'no') !== 'no' && raw === '' ? null : raw;
  }
}

/** The steps of a path such as content.budget[2].amount. */
const stepsOf = path => path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');

/** The value at a path. */
const find = (target, path) => stepsOf(path).reduce((at, step) => at?.[step], target);

/** Puts a value at a path. */
function put(target, path, value) {
  const steps = stepsOf(path);
  let at = target;
  steps.forEach((step, i) => {
    if (i === steps.length - 1) at[step] = value;
    else at = at[step] ??= /^\d+$/.test(steps[i + 1]) ? [] : {};
  });
}

/** The command that a form describes. Unchecked boxes of a list (data-list) and fields outside the form's own rows are left out. */
export function commandOf(form) {
  const command = form.dataset.base ? JSON.parse(form.dataset.base) : {};
  for (const path of (form.dataset.empty ?? '').split(' ').filter(Boolean)) put(command, path, []);
  for (const field of form.elements) {
    if (!field.name || field.disabled) continue;
    if (field.type === 'radio' && !field.checked) continue;
    if ('list' in field.dataset) {
      if (field.type === 'checkbox' && !field.checked) continue;
      put(command, field.name, [...(find(command, field.name) ?? []), valueOf(field)]);
      continue;
    }
    const value = field.type === 'checkbox' && !field.dataset.type ? (field.checked ? field.value : null) : valueOf(field);
    if (value !== null) put(command, field.name, value);
    else if ('clears' in field.dataset) put(command, field.name, undefined); // left empty, it takes away what the base says
  }
  return close(command);
}

/** Closes the gaps that rows left out leave in a list. */
function close(value) {
  if (Array.isArray(value)) return value.filter(v => v !== undefined).map(close);
  if (value && typeof value === 'object') for (const key of Object.keys(value)) value[key] = close(value[key]);
  return value;
}

async function act(form, key, submitter) {
  clearErrors(form);
  const url = submitter?.dataset.act ?? form.dataset.act;
  const buttons = form.querySelectorAll('button');
  let command;
  try { command = commandOf(form); } catch { show(form, [{ message: text('malformed') }]); return false; }
  if (submitter?.name) put(command, submitter.name, submitter.dataset.type === 'boolean' ? submitter.value === 'true' : submitter.value);
  const headers = {
    'Content-Type': 'application/json',
    'Accept': 'application/json',
    'Accept-Language': document.documentElement.lang,
    'Idempotency-Key': key,
    'X-CSRF-Token': document.querySelector('meta[name=csrf]')?.content ?? '',
  };
  if (form.dataset.etag) headers['If-Match'] = `"${form.dataset.etag}"`;
  buttons.forEach(b => { b.disabled = true; });
  form.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(url, {
      method: submitter?.dataset.method ?? form.dataset.method ?? 'POST', headers, body: JSON.stringify(command),
    });
    if (response.ok) {
      await finish(form, submitter, response);
      return true;
    }
    await explain(form, response);
  } catch {
    show(form, [{ message: text('unreachable') }]);
  } finally {
    buttons.forEach(b => { b.disabled = false; });
    form.removeAttribute('aria-busy');
  }
  return false;
}

async function finish(form, submitter, response) {
  forgetTyped(form);
  const done = submitter?.dataset.done ?? form.dataset.done ?? 'reload';
  const answer = await response.json().catch(() => ({}));
  const failed = done === 'results' ? answer.items?.filter(i => i.error || i.signed === false).map(i => i.error ?? i) ?? [] : [];
  if (failed.length) {
    show(form, failed);
  } else if (done.startsWith('goto:')) {
    location.assign(done.slice(5).replace('{id}', encodeURIComponent(answer.id ?? '')));
  } else if (done.startsWith('keep')) {
    const etag = response.headers.get('ETag')?.replaceAll('"', '');
    if (etag) form.dataset.etag = etag;
    for (const place of form.querySelectorAll('[data-answer]')) place.textContent = answer[place.dataset.answer] ?? '';
    for (const part of form.querySelectorAll('[data-answered]')) part.hidden = false;
    say(form.dataset.said ?? text('saved'));
    form.dispatchEvent(new CustomEvent('acted', { bubbles: true, detail: answer }));
  } else {
    location.reload();
  }
}

async function explain(form, response) {
  const problem = await response.json().catch(() => ({}));
  if (response.status === 401) {
    keepTyped(form);
    show(form, [{ message: text('signedOut'), href: `/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}` }]);
  } else if (response.status === 412) {
    await compare(form, problem);
  } else {
    const errors = problem.errors?.length ? problem.errors : [{ message: problem.detail ?? problem.title ?? text('unreachable'), code: problem.code }];
    show(form, errors);
  }
}

/** Shows each error at its field, and all of them in a summary at the top of the form. */
export function show(form, errors) {
  const summary = document.createElement('div');
  summary.className = 'alert alert-danger act-errors';
  summary.setAttribute('role', 'alert');
  summary.tabIndex = -1;
  const list = document.createElement('ul');
  list.className = 'mb-0';
  for (const [i, error] of errors.entries()) {
    const item = document.createElement('li');
    const field = fieldOf(form, error.field);
    if (field) {
      const id = mark(field, error.message, i);
      const link = document.createElement('a');
      link.href = `#${id}`;
      link.textContent = error.message;
      link.addEventListener('click', e => { e.preventDefault(); field.closest('details')?.setAttribute('open', ''); field.focus(); });
      item.append(link);
    } else if (error.href) {
      const link = document.createElement('a');
      link.href = error.href;
      link.textContent = error.message;
      item.append(link);
    } else {
      item.textContent = error.message;
    }
    if (error.code) item.dataset.code = error.code;
    list.append(item);
  }
  summary.append(list);
  (form.querySelector('[data-errors]') ?? form).prepend(summary);
  summary.focus();
}

/** Marks a field as wrong and says why beside it; gives back its id. */
export function mark(field, message, n) {
  const id = field.id ||= `field-${n}-${field.name.replaceAll(/\W/g, '-')}`;
  field.classList.add('is-invalid');
  field.setAttribute('aria-invalid', 'true');
  const note = document.createElement('div');
  note.className = 'invalid-feedback d-block';
  note.id = `${id}-error`;
  note.textContent = message;
  field.setAttribute('aria-describedby', note.id);
  const group = 'list' in field.dataset ? field.closest('fieldset') : null;
  if (group) group.append(note); else field.insertAdjacentElement('afterend', note);
  return id;
}

/** The field that an error names; a path deeper than any field finds its nearest ancestor. */
export function fieldOf(form, path) {
  for (let at = path; at; at = at.replace(/(\.[^.[]+|\[\d+\])$/, '') === at ? '' : at.replace(/(\.[^.[]+|\[\d+\])$/, '')) {
    const field = [...form.elements].find(f => f.name === at && f.type !== 'hidden');
    if (field) return field;
  }
  return null;
}

export function clearErrors(form) {
  form.querySelectorAll('.act-errors, .invalid-feedback').forEach(e => e.remove());
  form.querySelectorAll('.is-invalid').forEach(f => { f.classList.remove('is-invalid'); f.removeAttribute('aria-invalid'); f.removeAttribute('aria-describedby'); });
}

/** Somebody else was faster: shows what they changed beside what is typed here, and lets the person go on with either. */
async function compare(form, problem) {
  const source = form.dataset.current;
  const theirs = source ? await fetch(source, { headers: { Accept: 'application/json' } }) : null;
  if (!theirs?.ok) {
    keepTyped(form);
    show(form, [{ message: problem.detail ?? text('moved') }, { message: text('reload'), href: location.href }]);
    return;
  }
  const etag = theirs.headers.get('ETag')?.replaceAll('"', '');
  const now = await theirs.json();
  const rows = [...form.elements].filter(f => f.name && f.type !== 'hidden' && f.type !== 'submit').map(field => {
    const value = find(now, field.name);
    const raw = value === undefined || value === null ? '' : String(field.dataset.type === 'wan' ? value / 10000 : value);
    return { field, theirs: raw };
  }).filter(row => row.field.type !== 'checkbox' && row.field.value !== row.theirs);
  const dialog = document.createElement('dialog');
  dialog.className = 'compare';
  const title = document.createElement('h2');
  title.textContent = text('moved');
  const table = document.createElement('table');
  table.className = 'table table-sm';
  const head = table.createTHead().insertRow();
  for (const word of ['field', 'mine', 'theirs']) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = text(word);
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    line.insertCell().textContent = row.field.labels?.[0]?.textContent ?? row.field.getAttribute('aria-label') ?? row.field.name;
    line.insertCell().textContent = row.field.value;
    line.insertCell().textContent = row.theirs;
  }
  const mine = button(text('keepMine'), 'btn-primary', () => { if (etag) form.dataset.etag = etag; dialog.remove(); form.requestSubmit(); });
  const take = button(text('takeTheirs'), 'btn-outline-primary', () => { forgetTyped(form); location.reload(); });
  const back = button(text('back'), 'btn-link', () => dialog.remove());
  dialog.append(title, table, mine, take, back);
  document.body.append(dialog);
  dialog.showModal();
}

function button(label, style, then) {
  const b = document.createElement('button');
  b.type = 'button';
  b.className = `btn ${style} me-2`;
  b.textContent = label;
  b.addEventListener('click', then);
  return b;
}

function say(message) {
  let place = document.getElementById('said');
  place.textContent = message;
  place.hidden = false;
  setTimeout(() => { place.hidden = true; }, 4000);
}

// What was typed when the session ended waits in this tab's storage until the person is back on the same form.
const storeKey = form => `typed:${location.pathname}:${form.dataset.act}`;

export function keepTyped(form) {
  const typed = [...form.elements].filter(f => f.name && (f.type !== 'hidden' || f.dataset.name) && f.type !== 'file' && f.type !== 'submit')
    .map(f => [f.name, f.type === 'checkbox' || f.type === 'radio' ? f.checked : f.value, f.value]);
  sessionStorage.setItem(storeKey(form), JSON.stringify(typed));
}

function forgetTyped(form) { sessionStorage.removeItem(storeKey(form)); }

export function restoreTyped() {
  for (const form of document.querySelectorAll('form[data-act]')) {
    const kept = sessionStorage.getItem(storeKey(form));
    if (!kept) continue;
    const typed = JSON.parse(kept);
    for (const table of form.querySelectorAll('[data-rows]')) {
      const prefix = table.dataset.rows;
      const wanted = Math.max(-1, ...typed.map(([name]) => Number(new RegExp(`^${prefix.replaceAll('.', '\\.')}\\[(\\d+)\\]`).exec(name)?.[1] ?? -1))) + 1;
      while (table.querySelectorAll('[data-row]').length < wanted) table.dispatchEvent(new CustomEvent('grow'));
    }
    for (const [name, value, own] of typed) {
      for (const field of form.elements) {
        if (field.name !== name) continue;
        if (field.type === 'checkbox' || field.type === 'radio') { if (field.value === own) field.checked = value; } else field.value = value;
      }
    }
    forgetTyped(form);
    form.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
