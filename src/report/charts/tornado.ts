import { html, type Markup, type Piece } from '../html.ts';
import { wrapped } from '../labels.ts';
import { figureText, precise } from '../numbers.ts';
import { airy, drawing, extent, linear, px, say, stack, widthOf } from '../svg.ts';

/** A figure of the scenario moved to either end of its range: what becomes of the result. Null where an end could not be computed. */
export interface TornadoRow {
  readonly label: string;
  readonly low: { readonly at: number; readonly result: number | null };
  readonly high: { readonly at: number; readonly result: number | null };
}

const WIDTH = 1000;
const LEFT = 330;
const RIGHT = 900;
const ROW = 28;
const TOP = 54;

/** The widest swing first. The end where the figure is low is hollow, the other filled; each carries the figure that led to it. */
export function tornadoChart(id: string, rows: readonly TornadoRow[], base: number | null, axis: string): Markup {
  const x = linear(
    airy(extent([base, ...rows.flatMap(({ low, high }) => [low.result, high.result])]), 0.14),
    [LEFT, RIGHT],
    6,
  );
  const bottom = TOP + rows.length * ROW;
  return drawing(
    {
      id,
      width: WIDTH,
      height: bottom + 50,
      title: 'Tornado',
      summary: `${rows.length} figures of the scenario, each moved to either end of its range; widest swing first.`,
    },
    html`<rect class="low" x="${LEFT}" y="6" width="22" height="13"/>`,
    say(LEFT + 30, 17, 'figure at its low end'),
    html`<rect class="high" x="${LEFT + 200}" y="6" width="22" height="13"/>`,
    say(LEFT + 230, 17, 'at its high end'),
    x.ticks.map((tick) => [
      html`<path class="grid" d="M${px(x(tick))} ${TOP - 6}V${bottom}"/>`,
      say(x(tick), bottom + 18, x.text(tick), 'tick', 'middle'),
    ]),
    rows.map(row),
    base === null
      ? null
      : [
          html`<path class="zero" d="M${px(x(base))} ${TOP - 8}V${bottom}"/>`,
          say(x(base), TOP - 13, `as written ${figureText(base)}`, 'small soft', 'middle'),
        ],
    say((LEFT + RIGHT) / 2, bottom + 42, axis, 'axis', 'middle'),
  );

  function row({ label, low, high }: TornadoRow, i: number): Piece {
    const y = TOP + i * ROW;
    const ends = [bar(low, 'low', y), bar(high, 'high', y)];
    return [
      i % 2 === 0 ? null : html`<rect class="stripe" x="0" y="${y}" width="${WIDTH}" height="${ROW}"/>`,
      html`<g><title>${label}</title>${stack(LEFT - 14, y + ROW / 2, wrapped(label, 42), '', 'end')}</g>`,
      ends,
    ];
  }

  function bar({ at, result }: TornadoRow['low'], kind: 'low' | 'high', y: number): Piece {
    if (result === null || base === null) return null;
    const [a, b] = [x(Math.min(base, result)), x(Math.max(base, result))];
    const text = precise(at);
    const outward = result < base ? -1 : 1;
    const fits =
      b - a < 1.5 ? null : say(outward < 0 ? a - 5 : b + 5, y + 18, text, 'tiny soft', outward < 0 ? 'end' : 'start');
    const inside = outward < 0 ? a - widthOf(text, 10) > LEFT - 10 : true;
    return [
      html`<rect class="${kind}" x="${px(a)}" y="${y + 5}" width="${px(Math.max(0.8, b - a))}" height="${ROW - 10}"><title>${text} → ${figureText(result)}</title></rect>`,
      inside ? fits : null,
    ];
  }
}
