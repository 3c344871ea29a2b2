// Two versions of what a form says: where they differ, part by part, and how a part of the newest comes into the form.
import { commandOf, find } from './act.js';
import { baseOf } from './keep.js';

/** A part is a field of its own or a whole growing table: content.title, content.budget. */
const partOf = path => /^(content\.)?[^.[]+/.exec(path)[0];

/** The parts in which what is typed differs from what stands there now. What only others changed is chosen as theirs, all else as mine. */
export function differences(form, now) {
  const command = commandOf(form);
  const mine = leaves(command);
  const theirs = leaves(Object.fromEntries(Object.keys(command).map(key => [key, now[key]])));
  const base = baseOf(form) && leaves(baseOf(form));
  const differs = (path, one, other) => (one.get(path) ?? '') !== (other.get(path) ?? '') && !/\.(line|sha256|length|mediaType)$/.test(path);
  const parts = new Map();
  for (const path of new Set([...mine.keys(), ...theirs.keys()])) {
    if (!differs(path, mine, theirs)) continue;
    const part = partOf(path);
    if (!parts.has(part)) parts.set(part, { path: part, name: nameOf(form, part), plain: path === part, rows: [], chosen: base ? 'theirs' : 'mine' });
    parts.get(part).rows.push([nameOf(form, path), wordOf(form, path, mine.get(path)), wordOf(form, path, theirs.get(path))]);
  }
  if (base) for (const path of new Set([...mine.keys(), ...base.keys()])) if (parts.has(partOf(path)) && differs(path, mine, base)) parts.get(partOf(path)).chosen = 'mine';
  return [...parts.values()];
}

/** Puts a part of another version into the form. */
export function take(form, part, value) {
  const table = form.querySelector(`[data-rows="${part}"]`);
  if (!table) {
    for (const field of form.elements) if (field.name === part) field.value = value ?? '';
    return;
  }
  table.querySelectorAll('[data-row]').forEach(row => row.remove());
  for (const entry of value ?? []) {
    table.dispatchEvent(new CustomEvent('grow'));
    const row = [...table.querySelectorAll('[data-row]')].at(-1);
    for (const field of row.querySelectorAll('[data-name]')) field.value = entry[field.dataset.name] ?? '';
    for (const place of row.querySelectorAll('[data-shown]')) place.textContent = entry[place.dataset.shown];
  }
  form.dispatchEvent(new Event('input', { bubbles: true }));
}

function leaves(value, path = '', found = new Map()) {
  if (value && typeof value === 'object') for (const [key, inner] of Object.entries(value)) leaves(inner, Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key, found);
  else if (value !== null && value !== undefined) found.set(path, String(value));
  return found;
}

/** The field at a path, or the one that a new row of its table would have there. */
function exemplar(form, path) {
  const [, rows, name] = /^(.*)\[\d+\]\.(\w+)$/.exec(path) ?? [];
  return [...form.elements].find(f => f.name === path)
    ?? (rows && form.querySelector(`[data-rows="${rows}"] template`)?.content.querySelector(`[data-name="${name}"]`));
}

const headingOf = (form, rows) => form.querySelector(`[data-rows="${rows}"]`)?.closest('section')?.querySelector('h2')?.textContent;

function nameOf(form, path) {
  const [, rows, number] = /^(.*)\[(\d+)\]/.exec(path) ?? [];
  const field = exemplar(form, path);
  const name = field?.labels?.[0]?.textContent ?? field?.getAttribute('aria-label') ?? headingOf(form, path) ?? path;
  const part = rows && headingOf(form, rows);
  return part ? `${part} ${Number(number) + 1} ${name}` : name;
}

function wordOf(form, path, value) {
  if (value === undefined) return '—';
  const field = exemplar(form, path);
  return [...(field?.options ?? [])].find(o => o.value === value)?.textContent ?? value;
}
