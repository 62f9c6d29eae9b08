import type { Ordering } from '../../comparison/orderings.ts';
import type { SweepPoint, SweepReport, TornadoBar } from '../../comparison/report.ts';
import type { Console, Paint } from '../console.ts';
import { amount, percent, shade, share } from './comparison.ts';
import { clip, figureText, table } from './table.ts';

/** A sweep as a page of text. */
export function sweepText(report: SweepReport, { paint, width }: Console): string {
  const { scenarios, parameters, points, tornado, seed, version, base } = report;
  const parts = [
    `${paint.bold(scenarios[0].title)}\n${paint.dim(`zone of agreement ${figureText(base.rational)} of ${figureText(base.outcomes)} outcomes, best joint gain ${base.joint.gain === null ? 'not defined' : `${amount(base.joint.gain)} ${report.unit}`}; seed ${seed}; hashpact ${version}`)}`,
  ];
  if (points.length > 0) {
    parts.push(pointTable(report, paint, width));
    parts.push(thresholdText(report, paint));
    if (parameters.length === 2) parts.push(heatMap(report, paint));
  }
  if (tornado) parts.push(tornadoText(tornado, report, paint, width));
  parts.push(report.warnings.map((one) => paint.dim(`  ! ${one}`)).join('\n'));
  return parts.join('\n\n');
}

function pointTable({ parameters, points, parties, unit, payoff }: SweepReport, paint: Paint, width: number): string {
  const played = points.some(({ talks }) => talks !== null);
  const columns = [
    ...parameters.map(({ path }) => ({ title: path, right: true })),
    { title: 'zone', right: true },
    { title: 'slack', right: true },
    { title: 'joint gain', right: true },
    ...(played
      ? [{ title: 'agreement', right: true }, ...parties.map(({ label }) => ({ title: label, right: true }))]
      : [{ title: 'best joint outcome' }]),
  ];
  const rows = points.map(({ at, zone, talks }) => [
    ...at.map((value) => (typeof value === 'number' ? figureText(value, Math.abs(value) < 100 ? 3 : 0) : value)),
    figureText(zone.rational),
    zone.slack === null ? '–' : amount(zone.slack),
    zone.joint.gain === null ? '–' : amount(zone.joint.gain),
    ...(played
      ? talks
        ? [share(talks.agreement), ...talks.payoffs.map(({ estimate }) => amount(estimate))]
        : []
      : [clip(Object.values(zone.joint.values).join(', '), Math.max(24, width - 70))]),
  ]);
  const measured = played ? `; payoffs are mean ${payoff.unit}` : '';
  return `${paint.bold('Along the parameter')} ${paint.dim(`(zone: outcomes nobody would refuse; slack: what the worst-off gets over its reservation at best, ${unit}${measured})`)}\n${table(columns, rows, paint)}`;
}

function thresholdText({ thresholds, parameters }: SweepReport, paint: Paint): string {
  const title = paint.bold('Where the zone of agreement begins and ends');
  if (thresholds.length === 0)
    return `${title}\n  It neither appears nor vanishes between the points of this sweep along ${parameters[0].path}.`;
  const lines = thresholds.map(({ parameter, where, change, value, low, high }) => {
    const digits = Math.abs(value) < 100 ? 4 : Math.abs(value) < 10_000 ? 2 : 0;
    const bracket = paint.dim(`(between ${figureText(low, digits)} and ${figureText(high, digits)})`);
    return `  It ${change} at ${parameter} ${figureText(value, digits)}${where.length > 0 ? ` where ${where.join(', ')}` : ''} ${bracket}`;
  });
  return `${title}\n${lines.join('\n')}`;
}

/** Two parameters: agreement rate where talks were played, the size of the zone otherwise. */
function heatMap({ parameters, points }: SweepReport, paint: Paint): string {
  const [down, across] = parameters;
  const played = points.some(({ talks }) => talks !== null);
  const read = ({ talks, zone }: SweepPoint) => (played ? (talks?.agreement.estimate ?? 0) : zone.share);
  const values = points.map(read);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const rows = down.values.map((value, i) => [
    String(value),
    ...across.values.map((_, k) => {
      const x = values[i * across.values.length + k];
      return `${shade(x, low, high)}${shade(x, low, high)} ${played ? percent(x) : `${figureText(100 * x, 3)} %`}`;
    }),
  ]);
  const head = [
    { title: `${down.path} \\ ${across.path}` },
    ...across.values.map((value) => ({ title: String(value) })),
  ];
  return `${paint.bold(played ? 'Agreement rate' : 'Share of outcomes in the zone')}\n${table(head, rows, paint)}`;
}

function tornadoText(bars: readonly TornadoBar[], { base, unit }: SweepReport, paint: Paint, width: number): string {
  const shown = bars.slice(0, 25);
  const widest = Math.max(1e-12, ...shown.map(({ swing }) => swing ?? 0));
  const room = Math.max(8, Math.min(30, width - 90));
  const rows = shown.map(({ path, low, high, swing }) => [
    clip(path, 52),
    `${figureText(low.at, digits(low.at))} … ${figureText(high.at, digits(high.at))}`,
    low.jointGain === null ? '–' : amount(low.jointGain),
    high.jointGain === null ? '–' : amount(high.jointGain),
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

const digits = (x: number) => (Math.abs(x) < 10 ? 2 : 0);

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
