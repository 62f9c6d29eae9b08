import { html, Markup, type Piece } from './html.ts';
import { figureText } from './numbers.ts';

/** A straight scale from figures to pixels, and round figures on it to mark. */
export interface Scale {
  (x: number): number;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  readonly ticks: readonly number[];
  /** A tick's figure with as many decimals as its step needs. */
  text(tick: number): string;
}

export function linear(domain: readonly [number, number], range: readonly [number, number], about = 5): Scale {
  const [low, high] = widened(domain);
  const step = niceStep((high - low) / about);
  const ticks: number[] = [];
  const first = Math.ceil(low / step - 1e-9);
  for (let i = 0; i < 100 && (first + i) * step <= high + step * 1e-9; i++) ticks.push((first + i) * step);
  const digits = decimalsOf(step);
  const scale = (x: number) => range[0] + ((x - low) / (high - low)) * (range[1] - range[0]);
  return Object.assign(scale, {
    domain: [low, high] as const,
    range,
    ticks,
    text: (x: number) => figureText(x, digits),
  });
}

/** The span of some figures; those that are not finite are passed over. */
export function extent(figures: Iterable<number | null | undefined>): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const x of figures) {
    if (x === null || x === undefined || !Number.isFinite(x)) continue;
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return low <= high ? [low, high] : [0, 1];
}

/** A span with some air at both ends. */
export const airy = ([low, high]: readonly [number, number], air = 0.05): [number, number] => {
  const width = high - low;
  return [low - air * width, high + air * width];
};

/** A pixel position: a tenth of a pixel is finer than the eye. */
export const px = (x: number): string => {
  const text = (Math.round(x * 10) / 10).toString();
  return text === '-0' ? '0' : text;
};

/** A path through points. */
export function polyline(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${px(x)} ${px(y)}`).join('');
}

export interface Drawing {
  /** Unique on the page. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What a reader who cannot see the picture should know. */
  readonly summary: string;
  /** `data-` attributes for the page's own script. */
  readonly data?: Readonly<Record<string, string | number>>;
}

/** A drawing as an `svg` element that scales with the page and is announced as one picture, or as a group where it holds links. */
export function drawing(
  { id, width, height, title, summary, data = {} }: Drawing,
  ...content: readonly Piece[]
): Markup {
  const extra = Object.entries(data).map(([key, value]) => html` data-${new Markup(key)}="${value}"`);
  const role = content.some((piece) => String(piece instanceof Markup ? piece.text : '').includes('<a '))
    ? 'group'
    : 'img';
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="chart" id="${id}" viewBox="0 0 ${px(width)} ${px(height)}" width="${px(width)}" height="${px(height)}" role="${role}" aria-labelledby="${id}-t ${id}-d"${extra}><title id="${id}-t">${title}</title><desc id="${id}-d">${summary}</desc>${content}</svg>`;
}

/** Words in a drawing. `kind` is a class of the style sheet; `end` and `middle` anchor them. */
export function say(
  x: number,
  y: number,
  words: Piece,
  kind = '',
  anchor: 'start' | 'middle' | 'end' = 'start',
): Markup {
  const classes = [kind, anchor === 'start' ? '' : anchor].filter((c) => c !== '').join(' ');
  return html`<text x="${px(x)}" y="${px(y)}"${classes === '' ? null : html` class="${classes}"`}>${words}</text>`;
}

/** Lines of a label, one under the other and centred on a height; smaller where there is more than one. */
export function stack(
  x: number,
  middle: number,
  lines: readonly string[],
  kind = '',
  anchor: 'start' | 'middle' | 'end' = 'start',
): Piece {
  const leading = 13;
  const small = lines.length > 1 ? `${kind} small`.trim() : kind;
  return lines.map((line, k) => say(x, middle + 4 + (k - (lines.length - 1) / 2) * leading, line, small, anchor));
}

/** Horizontal grid lines with their figures at the left. */
export function gridY(scale: Scale, left: number, right: number): Piece {
  return scale.ticks.map((tick) => {
    const y = scale(tick);
    return [
      html`<path class="grid" d="M${px(left)} ${px(y)}H${px(right)}"/>`,
      say(left - 8, y + 4, scale.text(tick), 'tick', 'end'),
    ];
  });
}

/** Vertical grid lines with their figures beneath. */
export function gridX(scale: Scale, top: number, bottom: number, text: (tick: number) => string = scale.text): Piece {
  return scale.ticks.map((tick) => {
    const x = scale(tick);
    return [
      html`<path class="grid" d="M${px(x)} ${px(top)}V${px(bottom)}"/>`,
      say(x, bottom + 18, text(tick), 'tick', 'middle'),
    ];
  });
}

/** Roughly how wide a text is drawn at a size, for leaving room. */
export const widthOf = (text: string, size = 13): number => text.length * size * 0.56;

function widened([low, high]: readonly [number, number]): readonly [number, number] {
  // a span that doubles can hardly tell from a point is a point
  const most = Math.max(Math.abs(low), Math.abs(high));
  if (high - low > Math.max(most * 1e-9, 1e-100)) return [low, high];
  const half = most < 1e-90 ? 0.5 : most * 0.1;
  return [low - half, high + half];
}

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below x. */
function niceStep(x: number): number {
  let power = 1;
  while (power > x) power /= 10;
  while (power * 10 <= x) power *= 10;
  return power * ([1, 2, 2.5, 5, 10].find((m) => power * m >= x * (1 - 1e-9)) ?? 10);
}

function decimalsOf(step: number): number {
  for (let digits = 0; digits < 9; digits++)
    if (Math.abs(step - Number(step.toFixed(digits))) < step * 1e-6) return digits;
  return 9;
}
