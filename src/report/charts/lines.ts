import { html, type Markup, type Piece } from '../html.ts';
import { clip, wrapped } from '../labels.ts';
import { seatClass, shapeAt } from '../marks.ts';
import { precise } from '../numbers.ts';
import { airy, drawing, extent, gridX, gridY, linear, polyline, px, type Scale, say, stack } from '../svg.ts';

/** One result along a parameter; null where there is none. */
export interface Line {
  readonly label: string;
  /** Colour, shape and dash. */
  readonly seat: number;
  readonly points: readonly ({ readonly estimate: number; readonly low?: number; readonly high?: number } | null)[];
}

export interface LinePanel {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Figures that the axis must show. */
  readonly include?: readonly number[];
  /** A level worth a line of its own, such as zero. */
  readonly level?: number;
}

export interface Sweep {
  readonly title: string;
  readonly parameter: string;
  /** Where the points stand: figures, or names that stand side by side. */
  readonly at: readonly (number | string)[];
  readonly panels: readonly LinePanel[];
  /** Where the zone of agreement appears or vanishes. */
  readonly thresholds: readonly { readonly value: number; readonly change: 'appears' | 'vanishes' }[];
  /** Where the scenario as written stands. */
  readonly base?: number;
}

const WIDTH = 1000;
const LEFT = 84;
const RIGHT = 790;
const HEAD = 44;
const PANEL = 196;
const PLOT = 140;

/** Results along a parameter, one panel each over the same axis, with their intervals and the thresholds. */
export function sweepChart(id: string, { title, parameter, at, panels, thresholds, base }: Sweep): Markup {
  const figures = at.every((x): x is number => typeof x === 'number');
  const places = at.map((x, i) => (typeof x === 'number' && figures ? x : i));
  const x = linear(figures ? airy(extent(places), 0.02) : [-0.5, at.length - 0.5], [LEFT, RIGHT], 7);
  const named = figures ? x : Object.assign((v: number) => x(v), x, { ticks: places });
  const bottom = HEAD + panels.length * PANEL;
  return drawing(
    {
      id,
      width: WIDTH,
      height: bottom + 26,
      title,
      summary: `${panels.map((panel) => panel.title).join(', ')} at ${at.length} values of ${parameter}; ${thresholds.length} thresholds.`,
    },
    panels.map((panel, k) =>
      panelAt(panel, HEAD + k * PANEL, x, named, (v) => (figures ? x.text(v) : clip(String(at[v] ?? ''), 14)), places),
    ),
    base === undefined || !figures || base < x.domain[0] || base > x.domain[1]
      ? null
      : [
          html`<path class="base" d="M${px(x(base))} ${HEAD}V${px(bottom - 40)}"/>`,
          say(x(base), HEAD - 24, 'as written', 'small soft', 'middle'),
        ],
    thresholds.map(({ value, change }) => [
      html`<path class="threshold" d="M${px(x(value))} ${HEAD - 4}V${px(bottom - 40)}"/>`,
      say(
        x(value),
        HEAD - 8,
        `zone ${change} at ${precise(value)}`,
        'small strong halo',
        x(value) > (LEFT + RIGHT) / 2 ? 'end' : 'start',
      ),
    ]),
    say((LEFT + RIGHT) / 2, bottom + 10, parameter, 'axis', 'middle'),
  );
}

function panelAt(
  { title, lines, include = [], level }: LinePanel,
  top: number,
  x: Scale,
  named: Scale,
  text: (v: number) => string,
  places: readonly number[],
): Piece {
  const all = lines.flatMap(({ points }) => points.flatMap((p) => (p === null ? [] : [p.estimate, p.low, p.high])));
  const y = linear(airy(extent([...include, ...all]), 0.06), [top + 20 + PLOT, top + 20], 4);
  const names = lines.map(({ label }) => wrapped(label, 25));
  const ends = spread(
    lines.map(({ points }) => {
      const last = points.findLast((p) => p !== null);
      return last ? y(last.estimate) : y.range[0];
    }),
    names.some(({ length }) => length > 1) ? 28 : 17,
  );
  return html`<g>${say(LEFT, top + 10, title, 'strong')}${gridY(y, LEFT, RIGHT)}${gridX(named, top + 20, top + 20 + PLOT, text)}
${level === undefined || level < y.domain[0] || level > y.domain[1] ? null : html`<path class="zero" d="M${LEFT} ${px(y(level))}H${RIGHT}"/>`}
${lines.map(({ seat, points }, k) => {
  const spots = points.flatMap((p, i) => (p === null ? [] : [{ ...p, x: x(places[i]), y: y(p.estimate) }]));
  if (spots.length === 0) return null;
  const ranged = spots.filter((s) => s.low !== undefined && s.high !== undefined);
  const area =
    ranged.length > 1
      ? `${polyline([...ranged.map((s) => [s.x, y(s.high ?? 0)] as const), ...ranged.toReversed().map((s) => [s.x, y(s.low ?? 0)] as const)])}z`
      : '';
  return html`<g class="${seatClass(seat)}">${area ? html`<path class="area" d="${area}"/>` : null}<path class="line dash${seat % 6}" d="${gaps(points, places, x, y)}"/><path class="fill" d="${spots.map((s) => shapeAt(seat, s.x, s.y, 3.6)).join('')}"/><path class="fill" d="${shapeAt(seat, RIGHT + 18, ends[k] - 1, 4.5)}"/>${stack(RIGHT + 30, ends[k] - 1, names[k])}</g>`;
})}</g>`;
}

/** A line that breaks where there is no figure. */
function gaps(points: Line['points'], places: readonly number[], x: Scale, y: Scale): string {
  return points
    .map((p, i) =>
      p === null ? '' : `${i === 0 || points[i - 1] === null ? 'M' : 'L'}${px(x(places[i]))} ${px(y(p.estimate))}`,
    )
    .join('');
}

/** Labels pushed apart until none covers another. */
function spread(wanted: readonly number[], gap: number): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  for (let k = 1; k < order.length; k++) order[k].y = Math.max(order[k].y, order[k - 1].y + gap);
  const placed: number[] = [];
  for (const { y, i } of order) placed[i] = y;
  return placed;
}
