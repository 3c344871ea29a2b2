// Parts that follow the feed: <section data-live="/dashboard?part=figures">. One connection a page; bursts are gathered before the part is fetched.
export function wireLive() {
  const parts = document.querySelectorAll('[data-live]');
  if (!parts.length || !window.EventSource) return;
  const feed = new EventSource('/api/feed');
  let timer;
  const refresh = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const part of document.querySelectorAll('[data-live]')) {
        if (part.contains(document.activeElement) && document.activeElement.matches('input, select, textarea')) continue;
        window.htmx.ajax('GET', part.dataset.live, { target: part, swap: 'outerMorph' });
      }
    }, 400);
  };
  feed.addEventListener('event', refresh);
  feed.addEventListener('message', refresh);
  window.addEventListener('pagehide', () => feed.close());
}
