// What is typed and not yet sent is not lost. It waits in this tab's storage, under the person who typed it and with the version that it rests on: who was faster
// meanwhile is not overwritten unseen. Of a form data-keeps it is kept as it is typed, and the browser asks before the page is left; of the others when the session ends.
import { commandOf } from './act.js';
import { renumber } from './rows.js';
import { text } from './text.js';

const pause = 300;
const unsent = new Set();
const bases = new WeakMap();
let leaving = false;

const storeKey = form => `typed:${document.body.dataset.person ?? ''}:${location.pathname}:${form.dataset.act}:${form.dataset.keeps ?? ''}`;

/** What the form said when it was read, or when it was last saved. */
export const baseOf = form => bases.get(form);

/** Keeps what stands in a form. */
export function keepTyped(form, etag = form.dataset.etag) {
  const typed = [...form.elements].filter(f => f.name && (f.type !== 'hidden' || f.dataset.name) && f.type !== 'file' && f.type !== 'submit')
    .map(f => [f.name, f.type === 'checkbox' || f.type === 'radio' ? f.checked : f.value, f.value]);
  sessionStorage.setItem(storeKey(form), JSON.stringify({ etag, typed, base: baseOf(form) }));
}

/** Forgets it once it was sent; what was typed while it was sent stays. */
export function forgetTyped(form, sent) {
  if (sent) bases.set(form, sent);
  if (sent && unsent.has(form) && JSON.stringify(commandOf(form)) !== JSON.stringify(sent)) {
    keepTyped(form);
    return;
  }
  sessionStorage.removeItem(storeKey(form));
  unsent.delete(form);
  form.parentElement?.querySelector('[data-restored]')?.remove();
}

/** Goes to an address, or loads the page anew, without being asked: what else was typed on the page is kept. */
export function leaveFor(address) {
  unsent.forEach(form => keepTyped(form));
  leaving = true;
  if (address) location.assign(address); else location.reload();
}

export function wireKeeping() {
  if (location.pathname === '/sign-in' && !location.search) sessionStorage.clear(); // who signs out leaves nothing behind
  for (const form of document.querySelectorAll('form[data-keeps]')) {
    bases.set(form, commandOf(form));
    let timer;
    form.addEventListener('input', () => {
      unsent.add(form);
      clearTimeout(timer);
      timer = setTimeout(() => { if (unsent.has(form)) keepTyped(form); }, pause);
    });
  }
  window.addEventListener('pagehide', () => unsent.forEach(form => { if (!leaving) keepTyped(form); }));
  window.addEventListener('beforeunload', event => { if (unsent.size && !leaving) event.preventDefault(); });
}

export function restoreTyped() {
  for (const form of document.querySelectorAll('form[data-act]')) {
    const kept = sessionStorage.getItem(storeKey(form));
    if (!kept) continue;
    const { etag, typed, base } = JSON.parse(kept);
    sessionStorage.removeItem(storeKey(form));
    const read = JSON.stringify(commandOf(form));
    for (const table of form.querySelectorAll('[data-rows]')) restoreRows(table, typed);
    for (const [name, value, own] of typed) {
      for (const field of form.elements) {
        if (field.name !== name) continue;
        if (field.type === 'checkbox' || field.type === 'radio') { if (field.value === own) field.checked = value; } else if (field.value !== value) {
          field.value = value;
          for (let part = field.closest('details'); part; part = part.parentElement.closest('details')) part.open = true; // never folded away
        }
      }
    }
    for (const place of form.querySelectorAll('[data-shown]')) place.textContent = place.closest('[data-row]').querySelector(`[data-name="${place.dataset.shown}"]`).value;
    if (JSON.stringify(commandOf(form)) === read) continue; // it has been saved since
    if (etag) form.dataset.etag = etag;
    if (base) bases.set(form, base);
    form.dispatchEvent(new Event('input', { bubbles: true }));
    if ('keeps' in form.dataset) tell(form);
  }
}

/** As many rows as were typed, in their order where a field (data-key) tells them apart. */
function restoreRows(table, typed) {
  const prefix = table.dataset.rows;
  const values = typed.filter(([name]) => name.startsWith(`${prefix}[`));
  const key = table.dataset.key;
  if (key) {
    for (const [name, value] of values.filter(([name]) => name.endsWith(`].${key}`))) {
      const row = [...table.querySelectorAll('[data-row]')].find(r => r.querySelector(`[data-name="${key}"]`).value === value);
      row?.parentElement.append(row);
    }
    renumber(table);
    return;
  }
  const wanted = Math.max(-1, ...values.map(([name]) => Number(/\[(\d+)\]/.exec(name.slice(prefix.length))[1]))) + 1;
  const rows = () => table.querySelectorAll('[data-row]');
  while (rows().length < wanted) table.dispatchEvent(new CustomEvent('grow'));
  while (rows().length > wanted) [...rows()].at(-1).remove();
}

/** Says that what stands in the form was not saved yet, and lets the person go back to what was. */
function tell(form) {
  const note = Object.assign(document.createElement('div'), { className: 'alert alert-info' });
  note.dataset.restored = '';
  note.setAttribute('role', 'status');
  const drop = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-sm btn-link', textContent: text('dropTyped') });
  drop.addEventListener('click', () => { forgetTyped(form); leaveFor(); });
  note.append(`${text('restored')} `, drop);
  form.before(note);
}
