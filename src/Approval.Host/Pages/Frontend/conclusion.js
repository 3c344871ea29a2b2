// The conclusion of an appraisal: <form data-conclusion> with parts [data-conclude data-requested data-lines data-title].
// Money, interfaces and lineage are shown as they would be, before anything is recorded.
const wired = new WeakSet();

export function wireConclusion(root) {
  for (const form of root.querySelectorAll('form[data-conclusion]')) {
    if (wired.has(form)) continue;
    wired.add(form);
    form.addEventListener('input', () => preview(form));
    preview(form);
  }
}

function preview(form) {
  const parts = [...form.querySelectorAll('[data-conclude]')].map(part => {
    const kind = part.querySelector('[data-kind]').value;
    return {
      id: part.dataset.conclude, title: part.dataset.title, kind, lines: Number(part.dataset.lines),
      requested: Math.round(Number(part.dataset.requested) * 100),
      amount: Math.round((Number(part.querySelector('[data-amount]').value) || 0) * 1e6),
      lead: part.querySelector('[data-lead]')?.value,
    };
  });
  const body = form.querySelector('[data-preview]');
  const rows = parts.filter(p => p.kind !== 'merged-into').map(lead => {
    const absorbed = parts.filter(p => p.kind === 'merged-into' && p.lead === lead.id);
    const requested = [lead, ...absorbed].reduce((sum, p) => sum + p.requested, 0);
    const amount = lead.kind === 'not-recommended' ? 0 : lead.amount;
    const lines = lead.kind === 'not-recommended' ? 0 : [lead, ...absorbed].reduce((sum, p) => sum + p.lines, 0);
    return { cells: [lead.title, absorbed.map(p => p.title).join('、') || '—', wan(requested), wan(amount), wan(requested - amount), String(lines)], requested, amount };
  });
  const total = rows.reduce((sum, r) => ({ requested: sum.requested + r.requested, amount: sum.amount + r.amount }), { requested: 0, amount: 0 });
  body.replaceChildren(...rows.map(r => line(r.cells)),
    line([body.dataset.total, '', wan(total.requested), wan(total.amount), wan(total.requested - total.amount), '']));
}

function line(cells) {
  const row = document.createElement('tr');
  for (const [i, text] of cells.entries()) {
    const cell = document.createElement(i === 0 ? 'th' : 'td');
    if (i === 0) cell.scope = 'row';
    if (i > 1) cell.className = 'num';
    cell.textContent = text;
    row.append(cell);
  }
  return row;
}

const wan = cents => (cents / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
