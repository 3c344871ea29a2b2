// The slider that shows a page as of any moment: <input type="range" data-moments='["2026-03-01T…", …]'>; the last place is now.
const wired = new WeakSet();

export function wireMoments(root) {
  for (const slider of root.querySelectorAll('input[data-moments]')) {
    if (wired.has(slider)) continue;
    wired.add(slider);
    const moments = JSON.parse(slider.dataset.moments);
    const label = document.getElementById(slider.dataset.label);
    const words = JSON.parse(slider.dataset.words ?? '[]');
    const say = () => {
      label.textContent = words[slider.value] ?? '';
      slider.setAttribute('aria-valuetext', label.textContent);
    };
    slider.addEventListener('input', say);
    slider.addEventListener('change', () => {
      const url = new URL(location.href);
      if (Number(slider.value) >= moments.length) url.searchParams.delete('asOf');
      else url.searchParams.set('asOf', moments[slider.value]);
      location.assign(url);
    });
    say();
  }
}
