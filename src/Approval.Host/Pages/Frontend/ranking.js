// A ranking against the fund's free money: <form data-ranking="#chart" data-free="…"> with rows [data-row data-amount] that the buttons [data-move] move.
// What the fund then carries is shown at once; nothing is recorded before the form is sent.
import { renumber } from './rows.js';

const wired = new WeakSet();

export function wireRanking(root) {
  for (const form of root.querySelectorAll('form[data-ranking]')) {
    if (wired.has(form)) continue;
    wired.add(form);
    form.addEventListener('click', event => {
      const button = event.target.closest('[data-move]');
      if (!button) return;
      const row = button.closest('[data-row]');
      const up = button.dataset.move === '-1';
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      if (up) other.before(row); else other.after(row);
      renumber(form.querySelector('[data-rows]'));
      form.dispatchEvent(new Event('input', { bubbles: true }));
      const next = button.disabled ? row.querySelector('[data-move]:not(:disabled)') : button;
      next?.focus();
    });
    form.addEventListener('input', () => {
      form.querySelector('[data-unsaved]').hidden = false;
      carry(form);
    });
    carry(form);
  }
}

/** Recomputes sums and the envelope line for the order in which the rows now stand. */
function carry(form) {
  const free = cents(form.dataset.free);
  const rows = [...form.querySelectorAll('[data-row]')];
  let sum = 0, carried = 0, carriedSum = 0;
  const places = rows.map((row, i) => {
    const own = cents(row.dataset.amount);
    const before = sum;
    sum += own;
    const within = sum <= free;
    if (within) { carried = i + 1; carriedSum = sum; }
    row.querySelector('[data-cumulative]').textContent = wan(sum);
    row.querySelector('[data-carried]').textContent = within ? form.dataset.within : form.dataset.beyond;
    row.classList.toggle('below', !within);
    row.classList.toggle('line-above', !within && before <= free);
    row.querySelector('[data-move="-1"]').disabled = i === 0;
    row.querySelector('[data-move="1"]').disabled = i === rows.length - 1;
    return { title: `${i + 1} ${row.dataset.title}`, before, own, within };
  });
  const text = form.querySelector('[data-carries-text]');
  const sentence = form.dataset.carries.replace('{0}', carried).replace('{1}', wan(carriedSum)).replace('{2}', wan(free - carriedSum));
  if (!form.querySelector('[data-unsaved]').hidden) text.textContent = sentence;
  draw(form, places);
}

function draw(form, places) {
  const chart = document.querySelector(`${form.dataset.ranking} [data-chart]`);
  if (!chart) return;
  const option = JSON.parse(chart.dataset.chart);
  option.yAxis.data = places.map(p => p.title);
  option.series[0].data = places.map(p => p.before / 1e6);
  option.series[1].data = places.map(p => ({ value: p.own / 1e6, itemStyle: { color: p.within ? '#1d4f7c' : '#c58a86' } }));
  chart.dataset.chart = JSON.stringify(option);
  document.dispatchEvent(new Event('redraw'));
}

const cents = yuan => Math.round(Number(yuan) * 100);
const wan = value => (value / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
