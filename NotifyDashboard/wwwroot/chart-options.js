// How TimeChart looks: the options of uPlot.
const secondsOfDay = 86_400, padding = 12;

/** @param {{ size: object, drawing: () => any, colour: (name: string) => string, font: string, onCursor: () => void }} chart */
export function plotOptions({ size, drawing, colour, font, onCursor }) {
  const line = i => colour(`--nd-chart-${i}`), seconds = point => (drawing().from + point * drawing().step) / 1000;
  const em = parseFloat(font);
  const axis = { font, stroke: () => colour('--nd-text-subtle'), ticks: { show: false } };
  return {
    ...size,
    padding: [0.75 * em, padding, 0, 0],
    legend: { show: false },
    select: { show: false },
    cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 9, width: 2, stroke: (_, i) => line(i), fill: () => colour('--nd-surface') } },
    scales: {
      x: { range: () => [seconds(0), seconds(Math.max(drawing().series[0].values.length - 1, 1))] },
      y: { range: (_, __, max) => [0, gridOf(max, drawing().decimals).top] },
    },
    axes: [
      { ...axis, size: 14 + 1.3 * em, gap: 8, space: 6.5 * em, grid: { show: false }, values: (plot, times, __, ___, distance) => times.map(time => (isCut(plot, time, em) ? '' : tickText(time, distance))) },
      {
        ...axis, gap: 8, size: (_, labels) => 12 + 0.64 * em * Math.max(2, ...(labels ?? []).map(label => label.length)),
        grid: { stroke: () => colour('--nd-chart-grid'), width: 1 },
        splits: (_, __, ___, max) => gridOf(max, drawing().decimals).values,
        values: (_, values) => values.map(value => value.toLocaleString('en', { maximumFractionDigits: drawing().decimals })),
      },
    ],
    series: [{}, ...drawing().series.map(({ dashed }, index) => ({
      class: dashed ? 'dashed' : undefined,
      stroke: () => line(index + 1),
      width: dashed ? 1.5 : 1.75,
      dash: dashed ? [4, 3] : undefined,
      fill: index === 0 ? () => colour('--nd-chart-fill') : undefined,
      points: { show: false, size: 4, stroke: () => line(index + 1), fill: () => line(index + 1), filter: (plot, i) => alone(plot.data[i]) },
    }))],
    hooks: { setCursor: [onCursor] },
  };
}

/** At most four steps of 1, 2 or 5 times a power of ten. */
function gridOf(max, decimals) {
  const least = Math.max((max ?? 0) / 4, 10 ** -decimals), power = 10 ** Math.floor(Math.log10(least) + 1e-9);
  const step = [1, 2, 5, 10].find(factor => factor * power >= least * (1 - 1e-9)) * power;
  const count = Math.max(1, Math.ceil((max ?? 0) / step - 1e-9));
  return { top: count * step, values: Array.from({ length: count + 1 }, (_, i) => i * step) };
}

/** Whether its label would not fit before the edge. The width is that of the whole chart: that of the plot is not known yet. */
const isCut = ({ scales: { x: { min, max } }, width }, time, em) => ((max - time) / (max - min)) * (width - 5 * em) + padding < 1.8 * em;

function tickText(time, distance) {
  const at = new Date(time * 1000), isMidnight = at.getHours() + at.getMinutes() + at.getSeconds() === 0;
  if (distance >= secondsOfDay || isMidnight) return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: distance < 60 ? '2-digit' : undefined });
}

/** Points between two gaps, which no line shows. */
const alone = values => values.flatMap((value, i) => (value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null ? [i] : []));
