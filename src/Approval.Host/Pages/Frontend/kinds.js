// A choice that asks for different things: [data-kinds] with a select[data-kind] and parts [data-only="a b"].
// What does not belong to the chosen kind is neither shown nor sent.
const wired = new WeakSet();

export function wireKinds(root) {
  for (const part of root.querySelectorAll('[data-kinds]')) {
    if (wired.has(part)) continue;
    wired.add(part);
    part.addEventListener('input', () => choose(part));
    choose(part);
  }
}

function choose(part) {
  const kind = part.querySelector('[data-kind]').value;
  for (const only of part.querySelectorAll('[data-only]')) {
    const used = only.dataset.only.split(' ').includes(kind);
    only.hidden = !used;
    for (const input of only.querySelectorAll('input, select, textarea')) input.disabled = !used;
  }
}
