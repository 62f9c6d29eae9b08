/**
 * Charts for a terminal: lines in braille dots, a fan of quantiles in shades, a histogram in eighths of a cell. Plain text without colour
 * where nobody watches; every chart is at most `width` columns wide and says its unit.
 */
import { exp, log } from '../../domain/arith.ts';
import type { Paint } from '../console.ts';
import { figureText } from './table.ts';
import { clip, pad } from './width.ts';

export interface Frame {
  /** Columns in all, axis labels included; at least 40. */
  readonly width: number;
  /** Rows of the plot, 4 to 40. */
  readonly height?: number;
  /** Logarithmic height; needs positive values, others are left out. */
  readonly log?: boolean;
  readonly title: string;
  /** Labels under the plot, spread evenly from its left edge to its right. */
  readonly along: readonly string[];
  readonly paint: Paint;
}

export interface Series {
  readonly label: string;
  readonly values: ArrayLike<number>;
  readonly ink?: (text: string) => string;
}

/** One or more lines over the same months. Braille: each cell is 2 dots wide and 4 high. Later lines are drawn dotted. */
export function lineChart(series: readonly Series[], frame: Frame): string {
  const scale = new Scale(
    series.map(({ values }) => values),
    frame,
  );
  const { columns, rows } = scale;
  const cells = new Uint8Array(columns * rows);
  const owner = new Int8Array(columns * rows).fill(-1);
  series.forEach(({ values }, s) => {
    let before = Number.NaN;
    for (let x = 0; x < columns * 2; x++) {
      const y = scale.dot(valueAt(values, x / (columns * 2 - 1)), rows * 4);
      // Dots in between, so that steep stretches do not fall apart; later lines keep one dot in three
      const from = Number.isNaN(before) ? y : before;
      for (let d = Math.min(y, from); d <= Math.max(y, from); d++) {
        if (s > 0 && (x + d) % 3 !== 0) continue;
        const at = Math.floor(d / 4) * columns + Math.floor(x / 2);
        cells[at] |= DOTS[x % 2][d % 4];
        if (owner[at] < 0) owner[at] = s;
      }
      before = y;
    }
  });
  const body = Array.from({ length: rows }, (_, r) => {
    let line = '';
    for (let c = 0; c < columns; c++) {
      const at = r * columns + c;
      const glyph = cells[at] === 0 ? ' ' : String.fromCharCode(0x2800 + cells[at]);
      const ink = owner[at] < 0 ? undefined : series[owner[at]].ink;
      line += ink ? ink(glyph) : glyph;
    }
    return line;
  });
  const legend = series.map(({ label, ink }, s) => `${(ink ?? same)(s === 0 ? '──' : '┄┄')} ${label}`);
  return framed(body, scale, frame, series.length > 1 ? legend.join('   ') : undefined);
}

/** Quantiles month by month: the outermost pair in light shade, the next in dark, the middle one as a line. An odd number of rows of `bands`. */
export function fanChart(bands: readonly ArrayLike<number>[], labels: readonly string[], frame: Frame): string {
  const scale = new Scale(bands, frame);
  const { columns, rows } = scale;
  const middle = (bands.length - 1) / 2;
  const { paint } = frame;
  const body = Array.from({ length: rows }, () => '');
  for (let c = 0; c < columns; c++) {
    const at = bands.map((values) =>
      Math.floor(scale.dot(valueAt(values, columns > 1 ? c / (columns - 1) : 0), rows * 4) / 4),
    );
    for (let r = 0; r < rows; r++) {
      // Rows count downwards, so the lower quantile has the higher row
      if (r === at[middle]) body[r] += paint.bold('━');
      else if (middle >= 1 && r <= at[middle - 1] && r >= at[middle + 1]) body[r] += paint.cyan('▒');
      else if (r <= at[0] && r >= at[bands.length - 1]) body[r] += paint.dim('░');
      else body[r] += ' ';
    }
  }
  const words = [`━ ${labels[middle]}`];
  if (middle >= 1) words.push(`▒ ${labels[middle - 1]} to ${labels[middle + 1]}`);
  if (middle >= 2) words.push(`░ ${labels[0]} to ${labels[bands.length - 1]}`);
  return framed(body, scale, frame, words.join('   '));
}

/** How often values fall into each of `bins` equal stretches between the smallest and the largest; one line a stretch. */
export function histogram(
  values: ArrayLike<number>,
  frame: Pick<Frame, 'width' | 'title' | 'paint'> & { readonly bins?: number; readonly figure?: (x: number) => string },
): string {
  const { paint, bins = 12, figure = (x) => figureText(x) } = frame;
  const { low, high } = extent([values]);
  const count = high > low ? bins : 1;
  const counts = new Int32Array(count);
  for (let i = 0; i < values.length; i++) {
    counts[high > low ? Math.min(count - 1, Math.floor(((values[i] - low) / (high - low)) * count)) : 0]++;
  }
  const edges = Array.from({ length: count + 1 }, (_, i) => figure(low + ((high - low) * i) / count));
  const labels = Array.from({ length: count }, (_, i) =>
    high > low ? [edges[i], edges[i + 1]] : [edges[0], edges[0]],
  );
  const side = Math.max(...edges.map((edge) => edge.length));
  const room = Math.max(10, frame.width - 2 * side - 18);
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const lines = labels.map(([from, to], i) => {
    const share = values.length === 0 ? 0 : (100 * counts[i]) / values.length;
    return `  ${pad(from, side, true)} … ${pad(to, side, true)} ${paint.cyan(bar((counts[i] / most) * room))} ${figureText(share, 1)} %`;
  });
  return [`  ${paint.bold(frame.title)}`, ...lines].join('\n');
}

const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const AXIS = 10;
const same = (text: string) => text;

const bar = (length: number): string => '█'.repeat(Math.floor(length)) + EIGHTHS[Math.floor((length % 1) * 8)];

/** The value at a place from 0 to 1 along a series, straight between neighbours. */
const valueAt = (values: ArrayLike<number>, place: number): number => {
  const at = place * (values.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, values.length - 1);
  return values[below] + (at - below) * (values[above] - values[below]);
};

const extent = (all: readonly ArrayLike<number>[], above = Number.NEGATIVE_INFINITY) => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of all)
    for (let i = 0; i < values.length; i++) {
      const x = values[i];
      if (!Number.isFinite(x) || x <= above) continue;
      if (x < low) low = x;
      if (x > high) high = x;
    }
  return low <= high ? { low, high } : { low: 0, high: 0 };
};

class Scale {
  readonly columns: number;
  readonly rows: number;
  readonly low: number;
  readonly high: number;
  readonly #log: boolean;

  constructor(all: readonly ArrayLike<number>[], frame: Frame) {
    this.columns = Math.max(20, frame.width - AXIS - 5);
    this.rows = Math.min(40, Math.max(4, frame.height ?? 12));
    this.#log = frame.log === true;
    const { low, high } = extent(all, this.#log ? 0 : undefined);
    this.low = low;
    this.high = high;
  }

  /** Row of dots, 0 at the top. */
  dot(value: number, dots: number): number {
    if (this.high === this.low) return Math.floor(dots / 2);
    const place = this.#log
      ? log(Math.max(value, this.low) / this.low) / log(this.high / this.low)
      : (value - this.low) / (this.high - this.low);
    return Math.round((1 - Math.min(1, Math.max(0, place))) * (dots - 1));
  }

  /** The value at a row's middle. */
  at(row: number): number {
    const place = 1 - row / (this.rows - 1);
    if (!this.#log || this.low === this.high) return this.low + place * (this.high - this.low);
    return this.low * exp(place * log(this.high / this.low));
  }
}

function framed(body: readonly string[], scale: Scale, frame: Frame, legend: string | undefined): string {
  const { paint } = frame;
  const last = body.length - 1;
  const labelled = [0, Math.round(last / 2), last];
  const lines = body.map((line, r) => {
    const label = labelled.includes(r) ? axisText(scale.at(r), scale) : '';
    return `  ${pad(label, AXIS, true)} ${paint.dim(labelled.includes(r) ? '┤' : '│')}${line.trimEnd()}`;
  });
  const rule = `  ${' '.repeat(AXIS)} ${paint.dim(`└${'─'.repeat(scale.columns)}`)}`;
  const foot = `  ${' '.repeat(AXIS + 2)}${spread(frame.along, scale.columns)}`;
  const head = `  ${paint.bold(clip(frame.title, frame.width - 2))}`;
  return [head, ...(legend ? [`  ${' '.repeat(AXIS + 2)}${legend}`] : []), ...lines, rule, foot.trimEnd()].join('\n');
}

const UNITS = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
] as const;

const axisText = (x: number, { low, high }: Scale): string => {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size >= 1e15) return x.toExponential(1);
  for (const [unit, letter] of UNITS) {
    if (size >= 10 * unit) return `${figureText(x / unit, size < 100 * unit ? 1 : 0)}${letter}`;
  }
  if (x !== 0 && Math.abs(x) < 0.01) return String(Number(x.toPrecision(2)));
  return figureText(x, Math.abs(x) < 1 && size > 0 ? 3 : size < 100 ? 1 : 0);
};

/** Labels from the left edge to the right one, those between centred on their places; a label that would touch its neighbour is left out. */
function spread(labels: readonly string[], columns: number): string {
  let line = '';
  labels.forEach((label, i) => {
    const place = labels.length > 1 ? i / (labels.length - 1) : 0;
    const want =
      Math.round(place * (columns - 1)) -
      (i === 0 ? 0 : i === labels.length - 1 ? label.length - 1 : label.length >> 1);
    if (i > 0 && want <= line.length) return;
    line = pad(line, Math.max(0, want)) + label;
  });
  return line;
}
