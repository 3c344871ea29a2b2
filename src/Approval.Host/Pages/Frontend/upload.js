// Attachments: <input type="file" data-upload="/api/proposals/{id}/attachments" data-etag="7">, with progress; the page reloads when all are in.
import { text } from './text.js';
import { show } from './act.js';

const limit = 50 * 1024 * 1024;
const wired = new WeakSet();

export function wireUploads(root) {
  for (const input of root.querySelectorAll('input[data-upload]')) {
    if (wired.has(input)) continue;
    wired.add(input);
    input.addEventListener('change', async () => {
      for (const file of input.files) if (!await upload(input, file)) return;
      location.reload();
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
  const body = new FormData();
  body.append('file', file);
  const request = new XMLHttpRequest();
  request.open('POST', input.dataset.upload);
  request.setRequestHeader('X-CSRF-Token', document.querySelector('meta[name=csrf]')?.content ?? '');
  request.setRequestHeader('Accept', 'application/json');
  request.setRequestHeader('Accept-Language', document.documentElement.lang);
  request.upload.addEventListener('progress', event => { bar.value = event.loaded; });
  return new Promise(resolve => {
    request.addEventListener('loadend', () => {
      bar.remove();
      const good = request.status >= 200 && request.status < 300;
      if (!good) {
        let problem = {};
        try { problem = JSON.parse(request.responseText); } catch { /* the server could not be reached */ }
        show(form, [{ message: `${file.name}: ${problem.detail ?? problem.title ?? text('unreachable')}` }]);
      }
      resolve(good);
    });
    request.send(body);
  });
}
