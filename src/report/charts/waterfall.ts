import { html, type Markup, type Piece } from '../html.ts';
import { wrapped } from '../labels.ts';
import { digitsTogether, figureText, signed } from '../numbers.ts';
import { airy, drawing, extent, linear, px, say, stack } from '../svg.ts';

/** A value and the bars that add up to it, left to right. */
export interface Fall {
  readonly label: string;
  readonly unit: string;
  readonly bars: readonly { readonly label: string; readonly amount: number }[];
  readonly value: number;
  readonly standardError: number;
  /** What the party has without a deal; null: nothing it could fall back to. */
  readonly reservation: number | null;
  /** What the rounds cost it, beside the value. */
  readonly delayCost: number;
}

/** A bar as it is drawn: it starts where the one before ended. */
export interface FallStep {
  readonly label: string;
  readonly amount: number;
  readonly from: number;
  readonly to: number;
  readonly kind: 'bar' | 'total';
}

const WIDTH = 1000;
const LEFT = 318;
const RIGHT = 880;
const ROW = 27;
const TOP = 30;

/** The steps of a fall: bars of nothing left out, then the value, then what the rounds cost and what is left of the value. */
export function fallSteps({ bars, value, delayCost }: Fall): FallStep[] {
  let at = 0;
  const steps: FallStep[] = [];
  const step = (label: string, amount: number) => {
    steps.push({ label, amount, from: at, to: at + amount, kind: 'bar' });
    at += amount;
  };
  for (const { label, amount } of bars) if (amount !== 0) step(label, amount);
  steps.push({ label: 'value', amount: value, from: 0, to: at, kind: 'total' });
  if (delayCost > 0) {
    step('cost of delay (sunk)', -delayCost);
    steps.push({ label: 'net of delay', amount: at, from: 0, to: at, kind: 'total' });
  }
  return steps;
}

/** Where a party's value comes from. Gains are filled, losses hollow, totals dark; the dotted line is what it has without a deal. */
export function waterfallChart(id: string, fall: Fall): Markup {
  const steps = fallSteps(fall);
  const digits = digitsTogether(steps.flatMap(({ from, to, amount }) => [from, to, amount]));
  const x = linear(
    airy(extent([0, fall.reservation, ...steps.flatMap(({ from, to }) => [from, to])]), 0.03),
    [LEFT, RIGHT],
    6,
  );
  const bottom = TOP + steps.length * ROW;
  return drawing(
    {
      id,
      width: WIDTH,
      height: bottom + 46,
      title: `Where the value of ${fall.label} comes from`,
      summary: `${steps.length - 1} bars add up to ${figureText(fall.value, digits)} ${fall.unit}.`,
    },
    x.ticks.map((tick) => [
      html`<path class="${tick === 0 ? 'zero' : 'grid'}" d="M${px(x(tick))} ${TOP - 8}V${bottom}"/>`,
      say(x(tick), bottom + 18, x.text(tick), 'tick', 'middle'),
    ]),
    steps.map((step, i) => row(step, i, steps[i + 1])),
    fall.reservation === null
      ? null
      : [
          html`<path class="reserve" d="M${px(x(fall.reservation))} ${TOP - 8}V${bottom}"/>`,
          say(x(fall.reservation), TOP - 13, 'without a deal', 'small soft', 'middle'),
        ],
    say((LEFT + RIGHT) / 2, bottom + 40, fall.unit, 'axis', 'middle'),
  );

  function row({ label, amount, from, to, kind }: FallStep, i: number, next: FallStep | undefined): Piece {
    const y = TOP + i * ROW;
    const [a, b] = [x(Math.min(from, to)), x(Math.max(from, to))];
    const looks = kind === 'total' ? 'total' : amount < 0 ? 'loss' : 'gain';
    const error =
      kind === 'total' && label === 'value' && fall.standardError > 0
        ? ` ± ${figureText(fall.standardError, digits)}`
        : '';
    return [
      html`<path class="${looks}" d="M${px(a)} ${y + 4}h${px(Math.max(1, b - a))}v${ROW - 8}h${px(-Math.max(1, b - a))}z"><title>${label}: ${kind === 'total' ? figureText(amount, digits) : signed(amount, digits)}</title></path>`,
      next && next.kind === 'bar' ? html`<path class="joint" d="M${px(x(to))} ${y + ROW - 4}v8"/>` : null,
      stack(LEFT - 14, y + 14, wrapped(label, 41), kind === 'total' ? 'strong' : '', 'end'),
      say(
        RIGHT + 14,
        y + 18,
        `${kind === 'total' ? figureText(amount, digits) : signed(amount, digits)}${error}`,
        kind === 'total' ? 'strong figure' : 'figure',
      ),
    ];
  }
}
