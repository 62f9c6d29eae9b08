import { html, type Markup } from '../html.ts';
import { wrapped } from '../labels.ts';
import { seatClass, shapeAt } from '../marks.ts';
import { airy, drawing, extent, linear, px, say, stack, widthOf } from '../svg.ts';

/** An estimate with its interval on a line of its own. */
export interface Whisker {
  readonly label: string;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** What stands at the right end: a rank, a sample size. */
  readonly beside: string;
}

export interface Whiskers {
  readonly title: string;
  /** What the axis measures. */
  readonly axis: string;
  readonly beside: string;
  readonly rows: readonly Whisker[];
  /** Whose colour and shape. */
  readonly seat: number;
  /** What the axis must show in any case. */
  readonly include?: readonly number[];
}

const WIDTH = 1000;
const RIGHT = 850;
const ROW = 26;
const TOP = 36;

/** Estimates with their intervals, one a line, in the order given. */
export function whiskersChart(id: string, { title, axis, beside, rows, seat, include = [] }: Whiskers): Markup {
  const most = 56;
  const names = rows.map(({ label }) => wrapped(label, most));
  const left = 30 + Math.max(100, ...names.flat().map((line) => widthOf(line)));
  const x = linear(
    airy(extent([...include, ...rows.flatMap(({ low, high, estimate }) => [low, high, estimate])]), 0.04),
    [left, RIGHT],
    7,
  );
  const bottom = TOP + rows.length * ROW;
  return drawing(
    { id, width: WIDTH, height: bottom + 50, title, summary: `${rows.length} estimates with intervals, best first.` },
    x.ticks.map((tick) => [
      html`<path class="grid" d="M${px(x(tick))} ${TOP - 6}V${bottom}"/>`,
      say(x(tick), bottom + 18, x.text(tick), 'tick', 'middle'),
    ]),
    say(RIGHT + 20, TOP - 14, beside, 'small soft'),
    rows.map(({ estimate, low, high, beside: end }, i) => {
      const y = TOP + (i + 0.5) * ROW;
      return [
        i % 2 === 0 ? null : html`<rect class="stripe" x="0" y="${px(y - ROW / 2)}" width="${WIDTH}" height="${ROW}"/>`,
        stack(left - 16, y, names[i], '', 'end'),
        html`<path class="whisker ${seatClass(seat)}" d="M${px(x(low))} ${px(y)}H${px(x(high))}M${px(x(low))} ${px(y - 5)}v10M${px(x(high))} ${px(y - 5)}v10"/><path class="fill ${seatClass(seat)}" d="${shapeAt(seat, x(estimate), y, 5)}"/>`,
        say(RIGHT + 20, y + 4, end, 'figure'),
      ];
    }),
    say((left + RIGHT) / 2, bottom + 42, axis, 'axis', 'middle'),
  );
}
