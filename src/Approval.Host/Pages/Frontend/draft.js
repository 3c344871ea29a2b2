// While a proposal is written: what the form check would say stands at the fields after each saving, and what is similar stands beside the form.
import { commandOf, fieldOf, clearErrors, mark } from './act.js';

const pause = 700;

export function wireDrafts() {
  const form = document.querySelector('form.proposal');
  if (!form) return;
  if (form.dataset.check) {
    check(form);
    form.addEventListener('acted', () => check(form));
  }
  const place = document.querySelector('[data-similar]');
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => look(form, place), pause);
  };
  form.addEventListener('input', later);
  if (form.elements['content.title'].value) later();
}

const headers = () => ({
  'Accept': 'application/json',
  'Accept-Language': document.documentElement.lang,
  'Content-Type': 'application/json',
  'X-CSRF-Token': document.querySelector('meta[name=csrf]')?.content ?? '',
});

async function check(form) {
  const panel = document.querySelector('[data-check-list]');
  const answer = await fetch(form.dataset.check, { headers: headers() }).then(r => r.ok ? r.json() : null, () => null);
  if (!answer) return;
  clearErrors(form);
  const said = panel.querySelector('[role=status]');
  if (answer.passes) {
    said.replaceChildren(Object.assign(document.createElement('p'), { className: 'good mb-0', textContent: panel.dataset.passes }));
    return;
  }
  const list = document.createElement('ul');
  list.className = 'mb-0';
  answer.failures.forEach((failure, i) => {
    const item = document.createElement('li');
    item.dataset.code = failure.code;
    const field = fieldOf(form, failure.field);
    if (field) {
      const link = Object.assign(document.createElement('a'), { href: `#${mark(field, failure.message, i)}`, textContent: `${labelOf(field)}${failure.message}` });
      link.addEventListener('click', event => { event.preventDefault(); field.focus(); });
      item.append(link);
    } else {
      item.textContent = `${headingOf(form, failure.field)}${failure.message}`;
    }
    list.append(item);
  });
  said.replaceChildren(Object.assign(document.createElement('p'), { textContent: panel.dataset.fails }), list);
}

const colon = () => document.documentElement.lang.startsWith('zh') ? '：' : ': ';

function labelOf(field) {
  const label = field.labels?.[0]?.textContent ?? field.getAttribute('aria-label');
  return label ? `${label}${colon()}` : '';
}

/** A list that is empty has no field: its section's heading names it. */
function headingOf(form, path) {
  const heading = form.querySelector(`[data-rows="${path}"]`)?.closest('section').querySelector('h2')?.textContent;
  return heading ? `${heading}${colon()}` : '';
}

async function look(form, place) {
  const { content } = commandOf(form);
  if (!content.title?.trim()) return;
  const asked = {
    title: content.title,
    objective: (content.objective ?? '').slice(0, 2000),
    resources: content.resources.map(r => r?.name).filter(Boolean),
    interfaces: content.interfaces.filter(i => i?.data).map(i => ({ direction: i.direction, data: i.data, counterpart: i.counterpartSystem ?? '' })),
  };
  const answer = await fetch(place.dataset.similar, { method: 'POST', headers: headers(), body: JSON.stringify(asked) }).then(r => r.ok ? r.json() : null, () => null);
  if (!answer) return;
  const found = answer.items.filter(c => c.key !== place.dataset.own);
  const said = place.querySelector('[role=status]');
  if (!found.length) {
    said.textContent = place.dataset.none;
    return;
  }
  const units = JSON.parse(place.dataset.units);
  const chinese = document.documentElement.lang.startsWith('zh');
  const list = document.createElement('ul');
  list.className = 'mb-0';
  for (const candidate of found) {
    const item = document.createElement('li');
    item.append(
      Object.assign(document.createElement('b'), { textContent: candidate.title }),
      Object.assign(document.createElement('small'), { className: 'text-secondary', textContent: ` ${units[candidate.unit] ?? candidate.unit}` }),
      Object.assign(document.createElement('small'), { className: 'd-block', textContent: candidate.reasons.map(r => chinese ? r.chinese : r.english).join(chinese ? '；' : '; ') }));
    list.append(item);
  }
  said.replaceChildren(list);
}
