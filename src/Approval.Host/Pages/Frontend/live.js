// Parts that follow the feed: <section data-live="/dashboard?part=figures">. One connection a page; bursts are gathered before the part is fetched.
// The feed names its events by what happened, which an EventSource only hears if it knows each name; so the stream is read here, and resumed where it broke off.
const pause = 1000;

export function wireLive() {
  if (!document.querySelector('[data-live]:not([data-live=""])')) return;
  const away = new AbortController();
  window.addEventListener('pagehide', () => away.abort());
  follow(refresh(), away.signal);
}

/** Fetches the parts again, once per burst, but not under the hands of somebody who types in one. */
function refresh() {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const part of document.querySelectorAll('[data-live]:not([data-live=""])')) {
        if (part.contains(document.activeElement) && document.activeElement.matches('input, select, textarea')) continue;
        window.htmx.ajax('GET', part.dataset.live, { target: part, swap: 'outerMorph' });
      }
    }, 400);
  };
}

async function follow(happened, signal) {
  let last = '';
  while (!signal.aborted) {
    try {
      const answer = await fetch('/api/feed', { signal, headers: { Accept: 'text/event-stream', ...(last && { 'Last-Event-ID': last }) } });
      if (answer.status === 401 || answer.status === 403) return;
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = '', part = await reader.read(); !part.done; part = await reader.read()) {
        const items = (text + part.value).split('\n\n');
        text = items.pop();
        for (const item of items) {
          last = /^id: (.*)$/m.exec(item)?.[1] ?? last;
          if (/^data:/m.test(item)) happened();
        }
      }
    } catch { /* broken off: comes again below */ }
    await new Promise(resolve => { setTimeout(resolve, pause); });
  }
}
