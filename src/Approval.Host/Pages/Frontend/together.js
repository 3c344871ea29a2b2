// Several at once: <section data-together> with boxes <input type="checkbox" data-with="form-id"> and a button [data-go]. Each form is sent on its own, one after the
// other; what is refused is said in its row, and what went through leaves the list.
import { act } from './act.js';

const wired = new WeakSet();

export function wireTogether(root) {
  for (const part of root.querySelectorAll('[data-together]')) {
    if (wired.has(part)) continue;
    wired.add(part);
    const boxes = () => [...part.querySelectorAll('input[data-with]')];
    const button = part.querySelector('[data-go]');
    if (!button) continue; // one alone is signed by its own button
    const count = () => {
      const chosen = boxes().filter(b => b.checked).length;
      button.disabled = chosen === 0;
      button.querySelector('[data-count]').textContent = String(chosen);
    };
    part.addEventListener('change', count);
    button.addEventListener('click', async () => {
      const chosen = boxes().filter(b => b.checked);
      const words = new Map();
      for (const box of chosen) {
        const word = document.getElementById(box.dataset.with).querySelector('button').textContent;
        words.set(word, (words.get(word) ?? 0) + 1);
      }
      const told = [...words].map(([word, times]) => `${word} ${times}`).join(document.documentElement.lang.startsWith('zh') ? '、' : ', ');
      if (!window.confirm(button.dataset.confirm.replace('{0}', String(chosen.length)).replace('{1}', told))) return;
      button.disabled = true;
      let failed = 0;
      for (const box of chosen) {
        if (await act(document.getElementById(box.dataset.with), { stay: true })) box.closest('tr').remove();
        else failed++;
      }
      if (!failed) location.reload();
      count();
    });
    count();
  }
}
