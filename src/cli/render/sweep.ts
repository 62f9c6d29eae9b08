import type { Ordering } from '../../comparison/orderings.ts';
import type { SweepPoint, SweepReport, TornadoBar } from '../../comparison/report.ts';
import { whyNone } from '../../comparison/thresholds.ts';
import type { Console, Paint } from '../console.ts';
import { amountsTogether, precise, valuesTogether, withinBracket } from './column.ts';
import { amount, shade, share } from './figures.ts';
import { figureText, table } from './table.ts';
import { clip } from './width.ts';
import { paragraphs } from './wrap.ts';

/** A sweep as a page of text. */
export function sweepText(report: SweepReport, { paint, width }: Console): string {
  const { scenarios, parameters, points, tornado, seed, version, base } = report;
  const parts = [
    `${paint.bold(scenarios[0].title)}\n${paint.dim(`zone of agreement ${figureText(base.rational)} of ${figureText(base.outcomes)} outcomes, best joint gain ${base.joint.gain === null ? 'not defined' : `${amount(base.joint.gain)} ${report.unit}`}; seed ${seed}; hashpact ${version}`)}`,
  ];
  if (points.length > 0) {
    parts.push(pointTable(report, paint, width));
    parts.push(thresholdText(report, paint));
    if (parameters.length === 2) parts.push(...heatMaps(report, paint));
  }
  if (tornado) parts.push(tornadoText(tornado, report, paint, width));
  parts.push(report.warnings.map((one) => paragraphs(paint.dim(`  ! ${one}`), width)).join('\n'));
  return parts.join('\n\n');
}

function pointTable(
  { parameters, points, parties, unit, payoff, repetitions }: SweepReport,
  paint: Paint,
  width: number,
) {
  const played = points.some(({ talks }) => talks !== null);
  const amounts = (of: (point: SweepPoint) => number | null) => amountsTogether(points.map(of));
  const column = (title: string, cells: readonly string[], right = true) => ({ title, right, cells });
  const columns = [
    ...parameters.map(({ path }, k) => column(path, valuesTogether(points.map(({ at }) => at[k])))),
    column(
      'zone',
      points.map(({ zone }) => figureText(zone.rational)),
    ),
    column(
      'slack',
      amounts(({ zone }) => zone.slack),
    ),
    column(
      'joint gain',
      amounts(({ zone }) => zone.joint.gain),
    ),
    ...(played
      ? [
          column(
            'agreement',
            points.map(({ talks }) => (talks ? share(talks.agreement) : '–')),
          ),
          ...parties.map(({ label }, seat) =>
            column(
              label,
              amounts(({ talks }) => talks?.payoffs[seat].estimate ?? null),
            ),
          ),
        ]
      : [
          column(
            'best joint outcome',
            points.map(({ zone }) => clip(Object.values(zone.joint.values).join(', '), Math.max(24, width - 70))),
            false,
          ),
        ]),
  ];
  const rows = points.map((_, i) => columns.map(({ cells }) => cells[i]));
  const measured = played
    ? `; ${repetitions} ${repetitions === 1 ? 'negotiation' : 'negotiations'} a point; payoffs are mean ${payoff.unit}`
    : '';
  const note = `zone: outcomes nobody would refuse; slack: what the worst-off gets over its reservation at best, ${unit}${measured}`;
  const title = parameters.length === 1 ? 'Along the parameter' : 'At each pair of values';
  return `${paragraphs(`${paint.bold(title)} ${paint.dim(`(${note})`)}`, width)}\n${table(columns, rows, paint)}`;
}

function thresholdText(report: SweepReport, paint: Paint): string {
  const { thresholds } = report;
  const title = paint.bold('Where the zone of agreement begins and ends');
  if (thresholds.length === 0) return `${title}\n  ${whyNone(report)}`;
  const lines = thresholds.map(({ parameter, where, change, low, high }) => {
    const found = withinBracket(low, high);
    return `  It ${change} at ${parameter} ${found}${where.length > 0 ? ` where ${where.join(', ')}` : ''}`;
  });
  return `${title}\n${lines.join('\n')}`;
}

/** Two parameters: how large the zone is, and how often talks agreed where they were played. */
function heatMaps(report: SweepReport, paint: Paint): string[] {
  const { points, repetitions } = report;
  const maps = [heatMap(report, 'Share of outcomes in the zone', ({ zone }) => zone.share, paint)];
  if (points.some(({ talks }) => talks !== null)) {
    const title = `Agreement rate, of ${repetitions} ${repetitions === 1 ? 'negotiation' : 'negotiations'} a cell`;
    maps.push(heatMap(report, title, ({ talks }) => talks?.agreement.estimate ?? 0, paint));
  }
  return maps;
}

function heatMap(
  { parameters, points }: SweepReport,
  title: string,
  read: (point: SweepPoint) => number,
  paint: Paint,
): string {
  const [down, across] = parameters;
  const values = points.map(read);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const digits = high < 0.1 ? 3 : 0;
  const rows = valuesTogether(down.values).map((value, i) => [
    value,
    ...across.values.map((_, k) => {
      const x = values[i * across.values.length + k];
      return `${shade(x, low, high)}${shade(x, low, high)} ${figureText(100 * x, digits)} %`;
    }),
  ]);
  const head = [
    { title: `${down.path} \\ ${across.path}` },
    ...valuesTogether(across.values).map((value) => ({ title: value, right: true })),
  ];
  return `${paint.bold(title)}\n${table(head, rows, paint)}`;
}

function tornadoText(bars: readonly TornadoBar[], { base, unit }: SweepReport, paint: Paint, width: number): string {
  const shown = bars.slice(0, 25);
  const widest = Math.max(1e-12, ...shown.map(({ swing }) => swing ?? 0));
  const room = Math.max(8, Math.min(30, width - 90));
  const gains = amountsTogether(shown.flatMap(({ low, high }) => [low.jointGain, high.jointGain]));
  const rows = shown.map(({ path, low, high, swing }, i) => [
    clip(path, 52),
    `${precise(low.at)} … ${precise(high.at)}`,
    gains[2 * i],
    gains[2 * i + 1],
    low.rational === null || high.rational === null
      ? '–'
      : `${figureText(low.rational)} … ${figureText(high.rational)}`,
    swing === null
      ? paint.dim((low.refused ?? high.refused ?? '').slice(0, room))
      : '█'.repeat(Math.round((room * swing) / widest)),
  ]);
  const columns = [
    { title: 'figure' },
    { title: 'span', right: true },
    { title: 'gain at low', right: true },
    { title: 'at high', right: true },
    { title: 'zone', right: true },
    { title: 'swing' },
  ];
  const title = `Which assumptions matter: best joint gain, ${base.joint.gain === null ? '' : `${amount(base.joint.gain)} `}${unit} as written`;
  return `${paint.bold(title)}\n${table(columns, rows, paint)}${bars.length > shown.length ? paint.dim(`\n  and ${bars.length - shown.length} that matter less (--json has all)`) : ''}`;
}

/** Orderings held against a scenario: each with where it holds and where it breaks. */
export function orderingsText(orderings: readonly Ordering[], { paint }: Pick<Console, 'paint'>): string {
  return orderings
    .map(({ id, text, ok, claim, held, judged, expect, points }) => {
      const mark = ok ? (held === judged ? paint.green('✓') : paint.yellow('~')) : paint.red('✗');
      const lines = points.map(({ at, measured, holds }) => {
        const sign = holds === null ? ' ' : holds ? paint.green('✓') : paint.red('✗');
        const figures = Object.entries(measured).map(([name, value]) => `${name} ${valueText(value)}`);
        return `    ${sign} ${at.length > 0 ? `${at.join(', ')}: ` : ''}${figures.join(', ')}`;
      });
      return [
        `${mark} ${paint.bold(id)}: ${text}`,
        paint.dim(`    ${expect}: holds at ${held} of ${judged} points; claimed: ${claim}`),
        ...lines,
      ].join('\n');
    })
    .join('\n');
}

const valueText = (value: unknown): string =>
  typeof value === 'number' ? (value === Number.POSITIVE_INFINITY ? 'never' : amount(value)) : String(value);
