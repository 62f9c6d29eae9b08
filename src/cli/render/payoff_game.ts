import type { CellReport, ComparisonReport, MixtureReport } from '../../comparison/report.ts';
import { alphaRankText, replicatorTexts, steadiness } from '../../comparison/told.ts';
import type { Console, Paint } from '../console.ts';
import { amount, percent, shade, share } from './figures.ts';
import { table } from './table.ts';
import { clip, pad, widthOf } from './width.ts';
import { paragraphs } from './wrap.ts';

/** Two players: a matrix with a shade for the row player, in as many blocks of columns as the terminal needs. More: the cells with the highest welfare and those nearest to equilibrium. */
export function matrix(report: ComparisonReport, console: Console): string {
  const { players, cells } = report;
  const { paint } = console;
  if (players.length !== 2) return topCells(report, paint);
  const [rows, columns] = players;
  const values = cells.map(({ payoffs }) => payoffs[0].estimate);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const text = ({ payoffs, profile }: CellReport) => {
    const mark = report.game.pure.profiles.includes(profile) ? '*' : ' ';
    return `${shade(payoffs[0].estimate, low, high)} ${payoffs.map(({ estimate }) => amount(estimate)).join(' / ')}${mark}`;
  };
  const corner = clip(`${rows.label} \\ ${columns.label}`, Math.floor(console.width / 3));
  const names = rows.strategies.map((name) => name.replaceAll('_', ' '));
  const width = Math.max(...cells.map((cell) => widthOf(text(cell))), ...columns.strategies.map((s) => s.length));
  const left = 2 + Math.max(widthOf(corner), ...names.map(widthOf));
  const across = Math.max(1, Math.floor((console.width - left) / (width + 2)));
  const blocks = Array.from({ length: Math.ceil(columns.strategies.length / across) }, (_, k) => k * across);
  if (blocks.length * (names.length + 1) > MOST_LINES) return topCells(report, paint);
  const drawn = blocks.map((from) => {
    const shown = columns.strategies.slice(from, from + across);
    const body = names.map((name, s) => [
      pad(name, left - 2),
      ...shown.map((_, t) => pad(text(cells[s * columns.strategies.length + from + t]), width)),
    ]);
    return table([{ title: corner }, ...shown.map((name) => ({ title: name.replaceAll('_', ' ') }))], body, paint);
  });
  const title = `Payoffs (${rows.label} / ${columns.label}; darker is better for ${rows.label}; * pure equilibrium)`;
  return `${paragraphs(paint.bold(title), console.width)}\n${drawn.join('\n\n')}`;
}

/** A matrix of more lines than this is nothing to read on a terminal. */
const MOST_LINES = 150;

function topCells({ cells, players, payoff }: ComparisonReport, paint: Paint): string {
  const shown = cells.toSorted((a, b) => a.regret.estimate - b.regret.estimate || b.welfare - a.welfare).slice(0, 12);
  const columns = [
    ...players.map(({ label }) => ({ title: label })),
    ...players.map(({ label }) => ({ title: label, right: true })),
    { title: 'agreement', right: true },
    { title: 'regret', right: true },
  ];
  const rows = shown.map((cell) => [
    ...cell.strategies.map((s, player) => players[player].strategies[s].replaceAll('_', ' ')),
    ...cell.payoffs.map(({ estimate }) => amount(estimate)),
    share(cell.agreement),
    amount(cell.regret.estimate),
  ]);
  const rest = cells.length - shown.length;
  return `${paint.bold(`Profiles nearest to equilibrium (mean ${payoff.unit})`)}\n${table(columns, rows, paint)}${rest > 0 ? paint.dim(`\n  and ${rest} more (--json has all)`) : ''}`;
}

export function equilibria(report: ComparisonReport, { paint, width }: Console): string {
  const { game, cells, players } = report;
  const lines: string[] = [];
  const { profiles } = game.pure;
  lines.push(
    profiles.length === 0
      ? '  No profile of pure strategies is an equilibrium: in each somebody gains by changing.'
      : `  ${profiles.length === 1 ? 'One pure equilibrium' : `${profiles.length} pure equilibria`}: ${profiles
          .slice(0, 4)
          .map((p) => `${cells[p].name}${steadiness(report, cells[p].equilibriumProbability, percent)}`)
          .join('; ')}${profiles.length > 4 ? ' …' : ''}.`,
  );
  const properly = game.mixed.equilibria.filter(({ mixture }) => mixture.some((row) => row.every((p) => p < 1 - 1e-9)));
  for (const one of properly.slice(0, 3)) lines.push(`  Mixed: ${mixtureText(one, report)}.`);
  if (properly.length > 3) lines.push(`  … and ${properly.length - 3} more mixed ones.`);
  lines.push(
    paint.dim(
      `  ${game.mixed.method}; ${game.mixed.completeness}${game.mixed.warnings.length > 0 ? `; ${game.mixed.warnings.join('; ')}` : ''}`,
    ),
  );
  const ranked = alphaRankText(report, percent, amount);
  if (ranked !== null) lines.push(`  ${ranked}`);
  for (const one of replicatorTexts(report, percent)) lines.push(`  ${one}`);
  const { cycles, sinks } = game.deviations;
  lines.push(
    `  Best replies: ${sinks.length} ${sinks.length === 1 ? 'profile is' : 'profiles are'} left by nobody, ${cycles.length} ${cycles.length === 1 ? 'set of profiles leads' : 'sets of profiles lead'} around in circles.`,
  );
  return `${paint.bold(`The payoffs as a game among ${players.length} players`)}\n${paragraphs(lines.join('\n'), width)}`;
}

function mixtureText({ mixture, payoffs }: MixtureReport, { players }: ComparisonReport): string {
  const each = mixture.map((row, i) => {
    const used = row.flatMap((p, s) => (p > 1e-9 ? [`${percent(p)} ${players[i].strategies[s]}`] : []));
    return `${players[i].label} ${used.join(' + ')} → ${amount(payoffs[i])}`;
  });
  return each.join('; ');
}
