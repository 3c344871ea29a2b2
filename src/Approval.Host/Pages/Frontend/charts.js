// Draws <div data-chart='{ECharts option}'> with only the kinds of chart that the pages use. Numbers stand in a table beside every chart.
import { init, use } from 'echarts/core';
import { BarChart, BoxplotChart, FunnelChart, GaugeChart, GraphChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, BoxplotChart, FunnelChart, GaugeChart, GraphChart, LineChart, ScatterChart,
  GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

const palette = ['#1d4f7c', '#3f8f7f', '#c98a2b', '#a6403a', '#6b5b95', '#5f7a8a', '#8a9a5b'];
const drawn = new WeakMap();
const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Draws every chart on the page, or redraws it where its data changed. A click on a datum that carries an `href` opens the list behind it. */
export function draw() {
  for (const place of document.querySelectorAll('[data-chart]')) {
    let chart = drawn.get(place);
    if (!chart) {
      chart = init(place);
      drawn.set(place, chart);
      chart.on('click', event => { if (event.data?.href) location.assign(event.data.href); });
      new ResizeObserver(() => {
        chart.resize();
        const graph = spread(JSON.parse(place.dataset.chart), place);
        if (graph) chart.setOption(graph);
      }).observe(place);
    }
    const option = JSON.parse(place.dataset.chart);
    spread(option, place);
    chart.setOption({ color: palette, animation: !still, animationDuration: 250, textStyle: { fontFamily: 'inherit' }, ...option,
      tooltip: option.tooltip === undefined ? { renderMode: 'richText', confine: true } : option.tooltip }, true);
  }
}

/** Spreads a graph whose nodes stand at shares of the place, without stretching them: room for the names is left at both sides. */
function spread(option, place) {
  const graph = option.series?.[0]?.type === 'graph' ? option.series[0] : null;
  if (!graph) return null;
  const narrow = place.clientWidth < 560;
  const [width, height] = [place.clientWidth * (narrow ? 0.42 : 0.6), place.clientHeight * 0.94];
  for (const node of graph.data) { node.x *= width / 2; node.y *= height; }
  const extent = name => Math.max(2, Math.max(...graph.data.map(n => n[name])) - Math.min(...graph.data.map(n => n[name])));
  [graph.width, graph.height] = [extent('x'), extent('y')];
  [graph.left, graph.top] = [(place.clientWidth - graph.width) / 2, (place.clientHeight - graph.height) / 2];
  graph.label = { ...graph.label, ...(narrow ? { fontSize: 10, width: 84, overflow: 'break' } : {}) };
  return option;
}
