// Attachments: <input type="file" data-upload="/api/proposals/{id}/attachments" data-into="#files">, with progress; each file that is in becomes a row of the
// growing table, and part of the proposal when the form is saved.
import { text } from './text.js';
import { show } from './act.js';

const limit = 50 * 1024 * 1024;
const wired = new WeakSet();

export function wireUploads(root) {
  for (const input of root.querySelectorAll('input[data-upload]')) {
    if (wired.has(input)) continue;
    wired.add(input);
    input.addEventListener('change', async () => {
      for (const file of input.files) if (!await upload(input, file)) break;
      input.value = '';
    });
  }
}

function upload(input, file) {
  const form = input.closest('form');
  if (file.size > limit) {
    show(form, [{ message: `${file.name}: ${text('tooLarge')}` }]);
    return Promise.resolve(false);
  }
  const bar = document.createElement('progress');
  bar.max = file.size;
  bar.value = 0;
  bar.setAttribute('aria-label', `${text('uploading')} ${file.name}`);
  input.insertAdjacentElement('afterend', bar);
  const request = new XMLHttpRequest();
  request.open('POST', `${input.dataset.upload}?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
  request.setRequestHeader('X-CSRF-Token', document.querySelector('meta[name=csrf]')?.content ?? '');
  request.setRequestHeader('Accept', 'application/json');
  request.setRequestHeader('Accept-Language', document.documentElement.lang);
  request.upload.addEventListener('progress', event => { bar.value = event.loaded; });
  return new Promise(resolve => {
    request.addEventListener('loadend', () => {
      bar.remove();
      const good = request.status >= 200 && request.status < 300;
      if (good) {
        list(document.querySelector(input.dataset.into), JSON.parse(request.responseText));
      } else {
        let problem = {};
        try { problem = JSON.parse(request.responseText); } catch { /* the server could not be reached */ }
        show(form, [{ message: `${file.name}: ${problem.detail ?? problem.title ?? text('unreachable')}` }]);
      }
      resolve(good);
    });
    request.send(file);
  });
}

function list(table, stored) {
  table.dispatchEvent(new CustomEvent('grow'));
  const row = [...table.querySelectorAll('[data-row]')].at(-1);
  for (const field of row.querySelectorAll('[data-name]')) field.value = stored[field.dataset.name];
  for (const place of row.querySelectorAll('[data-shown]')) place.textContent = stored[place.dataset.shown];
}
