// The browser part of TimeChart: draws with uPlot, moves the cursor, and reads out the point under it.
import { timeText } from '../../local-time.js';
import { plotOptions } from '../../chart-options.js';

/** @param {HTMLElement} root an empty element, filled here */
export const open = root => new TimeChart(root);

/** @typedef {{ label: string, from: number, step: number, decimals: number, series: { name: string, values: (number | null)[], dashed: boolean }[] }} Drawing */

class TimeChart {
  /** @type {Drawing} */ #drawing; #plot; #root; #resize; #theme;
  #field = element('div', 'field'); #tooltip = element('div', 'tip pop'); #status = element('span', 'sr'); #swatch = element('i', 'swatch');
  /** The point under the cursor. @type {number | null} */ #point = null;
  #isMovedByKey = false; #announcing = 0; #isClosed = false;
  #end = new AbortController();

  constructor(root) {
    this.#root = root;
    this.#field.tabIndex = 0;
    // Only an application gets the arrow keys from a screen reader.
    this.#field.role = 'application';
    this.#field.ariaRoleDescription = 'chart';
    this.#tooltip.ariaHidden = 'true';
    this.#tooltip.hidden = true;
    this.#status.role = 'status';
    const on = (type, listener) => this.#field.addEventListener(type, listener, { signal: this.#end.signal });
    on('keydown', event => this.#move(event));
    on('pointermove', () => { this.#isMovedByKey = false; });
    on('blur', () => { if (this.#isMovedByKey) this.#leave(); this.#describe(); });
    this.#resize = new ResizeObserver(() => this.#fit());
    this.#theme = new MutationObserver(() => this.#plot?.redraw(false));
    this.#theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    matchMedia('(forced-colors: active)').addEventListener('change', () => this.#plot?.redraw(false), { signal: this.#end.signal });
  }

  /** @param {Drawing} drawing @returns {Promise<boolean>} whether uPlot could be loaded */
  async show(drawing) {
    const uPlot = await import('../../shared/uPlot.esm.js').then(module => module.default, () => null);
    if (!uPlot || this.#isClosed) return !!uPlot;
    const before = this.#drawing, time = this.#point !== null && this.#isMovedByKey ? this.#timeOf(this.#point) : null;
    this.#drawing = drawing;
    const data = [drawing.series[0].values.map((_, point) => this.#timeOf(point) / 1000), ...drawing.series.map(series => series.values)];
    if (before && lines(before) === lines(drawing)) {
      // Outside of a batch it takes effect later, and the cursor would be placed on the old scale.
      this.#plot.batch(() => this.#plot.setData(data));
      // The cursor stays at its time, which is another point now.
      if (time !== null) this.#select(Math.round((time - drawing.from) / drawing.step));
    } else this.#create(uPlot, data);
    if (document.activeElement !== this.#field) this.#describe();
    return true;
  }

  #create(uPlot, data) {
    this.#plot?.destroy();
    this.#point = null;
    this.#tooltip.hidden = true;
    // Not before there is something to show.
    if (!this.#field.isConnected) this.#root.append(this.#swatch, this.#field, this.#tooltip, this.#status);
    const chart = { size: this.#size(), drawing: () => this.#drawing, colour: name => this.#colour(name), font: this.#font(), onCursor: () => this.#follow() };
    this.#plot = new uPlot(plotOptions(chart), data, this.#field);
    this.#resize.observe(this.#field);
  }

  close() {
    this.#isClosed = true;
    this.#end.abort();
    this.#resize.disconnect();
    this.#theme.disconnect();
    clearTimeout(this.#announcing);
    this.#plot?.destroy();
    this.#root.replaceChildren();
  }

  get #last() { return this.#drawing.series[0].values.length - 1; }

  #timeOf(point) { return this.#drawing.from + point * this.#drawing.step; }

  #timeText(point) { return timeText(new Date(this.#timeOf(point)), this.#drawing.step < 60_000); }

  #figure(value) { return value === null ? null : value.toLocaleString('en', { maximumFractionDigits: this.#drawing.decimals }); }

  #size() { return { width: Math.max(1, this.#field.clientWidth), height: Math.max(1, this.#field.clientHeight) }; }

  #fit() {
    const { width, height } = this.#size();
    // Hidden, it has no size.
    if (width > 1 && (width !== this.#plot.width || height !== this.#plot.height)) this.#plot.setSize({ width, height });
  }

  /** A canvas knows no variables; the style of an element has their values. */
  #colour(name) {
    this.#swatch.style.color = `var(${name})`;
    return getComputedStyle(this.#swatch).color;
  }

  #font() {
    const { fontSize, fontFamily } = getComputedStyle(this.#swatch);
    return `${fontSize} ${fontFamily}`;
  }

  #move(event) {
    if (!this.#plot || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape' && this.#point !== null) this.#leave();
    else {
      const now = this.#point;
      const next = { ArrowLeft: (now ?? this.#last + 1) - 1, ArrowRight: (now ?? this.#last) + 1, PageUp: (now ?? this.#last) - 10, PageDown: (now ?? this.#last) + 10, Home: 0, End: this.#last }[event.key];
      if (next === undefined) return;
      this.#isMovedByKey = true;
      this.#select(next);
      // Only the last of many is read out.
      clearTimeout(this.#announcing);
      this.#announcing = setTimeout(() => { if (this.#point !== null) this.#status.textContent = this.#sentence(this.#point); }, 150);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #select(point) {
    const valid = Math.min(Math.max(point, 0), this.#last);
    this.#plot.setCursor({ left: this.#plot.valToPos(this.#timeOf(valid) / 1000, 'x'), top: 0 });
  }

  #leave() {
    this.#plot.setCursor({ left: -10, top: -10 });
    this.#isMovedByKey = false;
    this.#status.textContent = '';
  }

  /** Shows the point under the cursor, beside it. */
  #follow() {
    const { idx, left } = this.#plot.cursor;
    this.#point = left >= 0 ? idx ?? null : null;
    this.#tooltip.hidden = this.#point === null;
    if (this.#point === null) return;
    const point = this.#point;
    this.#tooltip.replaceChildren(element('div', 'time', this.#timeText(point)), ...this.#drawing.series.map((series, i) => {
      const row = element('div', 'row'), key = element('i', 'key'), value = this.#figure(series.values[point]);
      key.dataset.series = String(i);
      key.toggleAttribute('data-dashed', series.dashed);
      row.append(key, element('span', '', series.name), element('b', '', value ?? '–'));
      return row;
    }));
    const { offsetLeft, offsetWidth } = this.#plot.over, distance = 12, x = offsetLeft + this.#plot.valToPos(this.#timeOf(point) / 1000, 'x');
    const isLeft = x - distance - this.#tooltip.offsetWidth >= offsetLeft;
    const start = isLeft ? x - distance - this.#tooltip.offsetWidth : x + distance;
    this.#tooltip.style.left = `${Math.max(0, Math.min(start, offsetLeft + offsetWidth - this.#tooltip.offsetWidth))}px`;
  }

  #sentence(point) {
    const values = this.#drawing.series.map(series => [series.name, this.#figure(series.values[point]) ?? 'not recorded']);
    return `${this.#timeText(point)}: ${values.length === 1 ? values[0][1] : values.map(value => value.join(' ')).join(', ')}`;
  }

  /** The name of the chart, with what one sees at once. Not while it has the focus: it would be read out with each update. */
  #describe() {
    const { label, series: [{ values }] } = this.#drawing, known = values.map((value, point) => ({ value, point })).filter(({ value }) => value !== null);
    const peak = known.reduce((highest, point) => (point.value > highest.value ? point : highest), known[0]), latest = known.at(-1);
    const words = known.length ? ` Latest ${this.#figure(latest.value)}, highest ${this.#figure(peak.value)} at ${this.#timeText(peak.point)}.` : '';
    this.#field.ariaLabel = `${label}, ${this.#timeText(0)} to ${this.#timeText(this.#last)}.${words} Arrow keys read the points.`;
  }
}

/** What makes another chart rather than other points of the same one. */
const lines = drawing => drawing.series.map(series => series.dashed).join();

function element(name, className, text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
