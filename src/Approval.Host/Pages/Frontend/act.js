// Forms that act: <form data-act="/api/…" data-method="POST" data-etag="7" data-done="reload">.
// The form's fields become the command's JSON; what the API refuses is shown where it arose; nothing typed is lost.
// What data-done="keep" answers stands in the form's [data-answer="field"] and uncovers its [data-answered].
import { text } from './text.js';
import { forgetTyped, keepTyped, leaveFor } from './keep.js';
import { differences, take } from './versions.js';

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
      if (await act(form, { key, submitter: event.submitter })) key = newKey();
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
export const find = (target, path) => stepsOf(path).reduce((at, step) => at?.[step], target);

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

/** Sends the form's command; what is refused is shown in the form. True once it is recorded. With `stay` the page is left as it is. */
export async function act(form, { key = newKey(), submitter, stay = false }) {
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
      if (!stay) await finish(form, submitter, response, command);
      return true;
    }
    await explain(form, response, stay);
  } catch {
    show(form, [{ message: text('unreachable') }]);
  } finally {
    buttons.forEach(b => { b.disabled = false; });
    form.removeAttribute('aria-busy');
  }
  return false;
}

async function finish(form, submitter, response, command) {
  forgetTyped(form, command);
  const done = submitter?.dataset.done ?? form.dataset.done ?? 'reload';
  const answer = await response.json().catch(() => ({}));
  const failed = done === 'results' ? answer.items?.filter(i => i.error || i.signed === false).map(i => i.error ?? i) ?? [] : [];
  if (failed.length) {
    show(form, failed);
  } else if (done.startsWith('goto:')) {
    leaveFor(done.slice(5).replace('{id}', encodeURIComponent(answer.id ?? '')));
  } else if (done.startsWith('keep')) {
    const etag = response.headers.get('ETag')?.replaceAll('"', '');
    if (etag) form.dataset.etag = etag;
    for (const place of form.querySelectorAll('[data-answer]')) place.textContent = answer[place.dataset.answer] ?? '';
    for (const part of form.querySelectorAll('[data-answered]')) part.hidden = false;
    say(form.dataset.said ?? text('saved'));
    form.dispatchEvent(new CustomEvent('acted', { bubbles: true, detail: answer }));
  } else {
    leaveFor();
  }
}

async function explain(form, response, stay) {
  const problem = await response.json().catch(() => ({}));
  if (response.status === 401) {
    keepTyped(form);
    show(form, [{ message: text('signedOut'), href: `/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}` }]);
  } else if (response.status === 412 && !stay) {
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

/** Somebody else was faster: shows what they changed beside what is typed here, and lets the person go on with either, in a form data-by-part each part for itself. */
async function compare(form, problem) {
  const headers = { 'Accept': 'application/json', 'Accept-Language': document.documentElement.lang };
  const proposal = /^\/api\/proposals\/[^/]+/.exec(form.dataset.act)?.[0];
  const theirs = await fetch(form.dataset.current || proposal || location.pathname, { headers }).catch(() => null);
  if (!theirs?.ok || !(form.dataset.current || proposal)) {
    keepTyped(form, null); // who goes on has seen the newest
    show(form, [{ message: problem.detail ?? text('moved') }, { message: text('reload'), href: location.href }]);
    return;
  }
  const etag = theirs.headers.get('ETag')?.replaceAll('"', '');
  const now = form.dataset.current ? await theirs.json() : null;
  const parts = now ? differences(form, now) : [];
  const byPart = now && 'byPart' in form.dataset;
  const dialog = document.createElement('dialog');
  dialog.className = 'compare';
  dialog.setAttribute('aria-labelledby', 'compare-title');
  const title = Object.assign(document.createElement('h2'), { id: 'compare-title', textContent: text('moved') });
  const wrap = document.createElement('div');
  wrap.className = 'table-wrap';
  wrap.tabIndex = 0;
  const table = document.createElement('table');
  table.className = 'table table-sm';
  const head = table.createTHead().insertRow();
  for (const word of now ? ['field', 'mine', 'theirs'] : ['what', 'who', 'when']) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = text(word);
    head.append(cell);
  }
  const body = table.createTBody();
  const add = cells => { const line = body.insertRow(); for (const cell of cells) line.insertCell().append(cell); };
  for (const part of parts) {
    if (byPart) add([part.name, choice(part, 'mine'), choice(part, 'theirs')]);
    for (const cells of byPart && part.plain ? [] : part.rows) add(cells);
  }
  if (!now) for (const cells of await since(`${proposal}/history`, Number(form.dataset.etag), headers)) add(cells);
  wrap.append(table);
  const go = button(text(byPart ? 'keepChosen' : 'keepMine'), 'btn-primary', () => {
    for (const part of parts) if (dialog.querySelector(`[name="${part.path}"]:checked`)?.value === 'theirs') take(form, part.path, find(now, part.path));
    if (etag) form.dataset.etag = etag;
    dialog.remove();
    form.requestSubmit();
  });
  const newest = button(text('takeTheirs'), 'btn-outline-primary', () => { forgetTyped(form); leaveFor(); });
  const back = button(text('back'), 'btn-link', () => dialog.remove());
  dialog.addEventListener('close', () => dialog.remove());
  dialog.append(title, wrap, go, newest, back);
  document.body.append(dialog);
  dialog.showModal();
}

/** One of both versions of a part, to be chosen. */
function choice(part, whose) {
  const label = document.createElement('label');
  const radio = Object.assign(document.createElement('input'), { type: 'radio', name: part.path, value: whose, checked: part.chosen === whose, className: 'form-check-input me-2' });
  label.append(radio, part.plain ? part.rows[0][whose === 'mine' ? 1 : 2] : text(whose === 'mine' ? 'useMine' : 'useTheirs'));
  return label;
}

/** What was recorded after a version: its words, who and when. */
async function since(address, version, headers) {
  const answer = await fetch(address, { headers }).then(r => r.ok ? r.json() : null, () => null);
  const entries = answer?.items ?? answer?.entries ?? [];
  return entries.filter(e => e.version > version && JSON.stringify(e.stream).includes(`proposal-${address.split('/')[3]}`))
    .map(e => [e.words, e.name ?? e.by ?? '', new Date(e.recorded).toLocaleString(document.documentElement.lang)]);
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
