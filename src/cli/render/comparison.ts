import type { CellReport, ComparisonReport, MixtureReport } from '../../comparison/report.ts';
import type { Interval } from '../../comparison/statistics/interval.ts';
import type { Console, Paint } from '../console.ts';
import { figureText, pad, table, widthOf } from './table.ts';

/** A comparison as a page of text: who wins, by how much and how surely, what the payoffs mean as a game, and what to doubt. */
export function comparisonText(report: ComparisonReport, console: Console): string {
  const { paint } = console;
  const { schedule, overall, cases, audit } = report;
  const parts = [
    heading(report, paint),
    ...(cases.length > 1 ? [caseTable(report, paint)] : []),
    ...report.ranking.map(({ player }) => rankingTable(report, player, paint)),
    matrix(report, console),
    equilibria(report, paint),
    doubts(report, paint),
  ];
  const { agreement, timedout, broken } = overall.ends;
  const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
  const ends = `${counted(agreement, 'agreement')}, ${timedout} timed out, ${broken} broken off`;
  parts.splice(
    1,
    0,
    `${counted(schedule.negotiations, 'negotiation')}: ${ends}; ${figureText(overall.meanRounds, 1)} rounds on average; agreement rate ${share(overall.agreement)}`,
  );
  parts.push(
    paint.dim(
      `${audit.audited} of them were played again by the recorded executor (1 in ${audit.oneIn}) and had the same facts${audit.fallbacks.length > 0 ? `; run by XState, since the table cannot express them: ${audit.fallbacks.join(', ')}` : ''}.`,
    ),
  );
  return parts.join('\n\n');
}

function heading({ scenarios, schedule, seed, version }: ComparisonReport, paint: Paint): string {
  const what = scenarios.map(({ title }) => title).join(', ');
  const how = [
    schedule.mode === 'cross' ? 'every combination of strategies' : 'round robin',
    ...(schedule.rotated ? ['every strategy in every seat'] : []),
    `${schedule.repetitions} ${schedule.repetitions === 1 ? 'repetition' : 'repetitions'}`,
  ].join(', ');
  return `${paint.bold(what)}\n${paint.dim(`${how}; seed ${seed}; hashpact ${version}`)}`;
}

function caseTable({ cases, players, schedule }: ComparisonReport, paint: Paint): string {
  const columns = [
    { title: 'case' },
    { title: 'zone', right: true },
    { title: 'agreement', right: true },
    { title: 'rounds', right: true },
    ...players.map(({ label }) => ({
      title: schedule.symmetric ? label.replace('entrant', 'seat') : label,
      right: true,
    })),
  ];
  const rows = cases.map(({ label, zone, agreement, meanRounds, payoffs }) => [
    label,
    figureText(zone.rational),
    share(agreement),
    figureText(meanRounds, 1),
    ...payoffs.map((x) => amount(x)),
  ]);
  return `${paint.bold('Cases')}\n${table(columns, rows, paint)}`;
}

function rankingTable(report: ComparisonReport, player: number, paint: Paint): string {
  const { scores, players, schedule, payoff, contrasts } = report;
  const who = schedule.symmetric ? 'Strategies, whoever plays them' : `${players[player].label}`;
  const rows = scores
    .filter((score) => score.player === player)
    .map(({ rank, rankLow, rankHigh, name, mean, agreement, negotiations }) => [
      `${rank}${rankLow === rankHigh ? '' : ` (${rankLow}–${rankHigh})`}`,
      name.replaceAll('_', ' '),
      amount(mean.estimate),
      range(mean),
      share(agreement),
      String(negotiations),
    ]);
  const columns = [
    { title: 'rank' },
    { title: 'strategy' },
    { title: `mean ${payoff.unit}`, right: true },
    { title: '95 % interval', right: true },
    { title: 'agreement', right: true },
    { title: 'n', right: true },
  ];
  const clear = contrasts.filter((one) => one.player === player && one.adjustedP < 0.05);
  const tried = contrasts.filter((one) => one.player === player).length;
  const said =
    tried === 0
      ? ''
      : `\n${paint.dim(`  ${clear.length} of ${tried} differences are clear of chance (Holm, 5 %)${clear.length > 0 ? `: ${best(clear)}` : ''}.`)}`;
  return `${paint.bold(who)}\n${table(columns, rows, paint)}${said}`;
}

function best(clear: ComparisonReport['contrasts']): string {
  const told = clear.slice(0, 3).map(({ a, b, difference }) => {
    const [winner, loser] = difference > 0 ? [a, b] : [b, a];
    return `${winner} beats ${loser} by ${amount(Math.abs(difference))}`;
  });
  return told.join(', ') + (clear.length > 3 ? ' …' : '');
}

/** Two players: a matrix with a shade for the row player. More: the cells with the highest welfare and those nearest to equilibrium. */
function matrix(report: ComparisonReport, console: Console): string {
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
  const width = Math.max(...cells.map((cell) => widthOf(text(cell))), ...columns.strategies.map((s) => s.length));
  if (width * columns.strategies.length > console.width * 2) return topCells(report, paint);
  const body = rows.strategies.map((name, s) => [
    name.replaceAll('_', ' '),
    ...columns.strategies.map((_, t) => pad(text(cells[s * columns.strategies.length + t]), width)),
  ]);
  const head = [
    { title: `${rows.label} \\ ${columns.label}` },
    ...columns.strategies.map((name) => ({ title: name.replaceAll('_', ' ') })),
  ];
  return `${paint.bold(`Payoffs (${rows.label} / ${columns.label}; darker is better for ${rows.label}; * pure equilibrium)`)}\n${table(head, body, paint)}`;
}

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

function equilibria(report: ComparisonReport, paint: Paint): string {
  const { game, cells, players } = report;
  const lines: string[] = [];
  const { profiles } = game.pure;
  lines.push(
    profiles.length === 0
      ? '  No profile of pure strategies is an equilibrium: in each somebody gains by changing.'
      : `  ${profiles.length === 1 ? 'One pure equilibrium' : `${profiles.length} pure equilibria`}: ${profiles
          .slice(0, 4)
          .map((p) => `${cells[p].name} (in ${percent(cells[p].equilibriumProbability)} of resamples)`)
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
  const [first] = game.alphaRank?.order ?? [];
  if (first !== undefined && game.alphaRank)
    lines.push(
      `  Alpha-rank stays longest with ${cells[first].name} (${percent(cells[first].alphaRank ?? 0)} of the time).`,
    );
  const { cycles, sinks } = game.deviations;
  lines.push(
    `  Best replies: ${sinks.length} ${sinks.length === 1 ? 'profile is' : 'profiles are'} left by nobody, ${cycles.length} ${cycles.length === 1 ? 'set of profiles leads' : 'sets of profiles lead'} around in circles.`,
  );
  return `${paint.bold(`The payoffs as a game among ${players.length} players`)}\n${lines.join('\n')}`;
}

function mixtureText({ mixture, payoffs }: MixtureReport, { players }: ComparisonReport): string {
  const each = mixture.map((row, i) => {
    const used = row.flatMap((p, s) => (p > 1e-9 ? [`${percent(p)} ${players[i].strategies[s]}`] : []));
    return `${players[i].label} ${used.join(' + ')} → ${amount(payoffs[i])}`;
  });
  return each.join('; ');
}

function doubts({ warnings, scores }: ComparisonReport, paint: Paint): string {
  const all = [...new Set([...warnings, ...scores.flatMap(({ mean }) => mean.warnings)])];
  return all.map((one) => paint.dim(`  ! ${one}`)).join('\n');
}

const SHADES = [' ', '░', '▒', '▓', '█'];

export const shade = (x: number, low: number, high: number): string =>
  SHADES[high > low ? Math.min(4, Math.floor((5 * (x - low)) / (high - low))) : 2];

/** As many digits as a utility or an amount of money needs. */
export const amount = (x: number): string => figureText(x, Math.abs(x) < 10 ? 3 : Math.abs(x) < 1000 ? 1 : 0);

/** Talks without chance in them come out the same however often they are played. */
export const range = ({ low, high }: Interval): string =>
  low === high ? 'no spread' : `${amount(low)} to ${amount(high)}`;

export const percent = (x: number): string => `${figureText(100 * x, x > 0 && x < 0.01 ? 1 : 0)} %`;

export const share = ({ estimate, low, high }: Interval): string =>
  `${percent(estimate)} (${figureText(100 * low)}–${figureText(100 * high)})`;
