import { NO_CHANCE } from '../../comparison/doubts.ts';
import type { ComparisonReport } from '../../comparison/report.ts';
import {
  auditText,
  bestText,
  bySize,
  clarity,
  dependenceText,
  pText,
  rankText,
  titlesOf,
} from '../../comparison/told.ts';
import { counted } from '../../domain/counted.ts';
import type { Console, Paint } from '../console.ts';
import { amount, range, share } from './figures.ts';
import { equilibria, matrix } from './payoff_game.ts';
import { figureText, table } from './table.ts';
import { paragraphs } from './wrap.ts';

/** A comparison as a page of text: who wins, by how much and how surely, what the payoffs mean as a game, and what to doubt. */
export function comparisonText(report: ComparisonReport, console: Console): string {
  const { paint, width } = console;
  const parts = [
    paragraphs(heading(report, paint), width),
    paragraphs(ends(report), width),
    ...(report.cases.length > 1 ? [caseTable(report, console), dependence(report, console)] : []),
    ...report.ranking.map(({ player }) => ranking(report, player, console)),
    matrix(report, console),
    equilibria(report, console),
    paragraphs(doubts(report, paint), width),
    paragraphs(paint.dim(auditText(report)), width),
  ];
  return parts.join('\n\n');
}

function heading(report: ComparisonReport, paint: Paint): string {
  const { schedule, seed, version } = report;
  const how = [
    schedule.mode === 'cross' ? 'every combination of strategies' : 'round robin',
    ...(schedule.rotated ? ['every strategy in every seat'] : []),
    counted(schedule.repetitions, 'repetition'),
  ].join(', ');
  return `${paint.bold(titlesOf(report))}\n${paint.dim(`${how}; seed ${seed}; hashpact ${version}`)}`;
}

function ends(report: ComparisonReport): string {
  const { overall, schedule, payoff, contrasts, evidence } = report;
  const { agreement, timedout, broken } = overall.ends;
  const disagreement = timedout + broken > 0 ? `\n${capital(payoff.disagreement)}.` : '';
  return `${counted(schedule.negotiations, 'negotiation')}: ${counted(agreement, 'agreement')}, ${timedout} timed out, ${broken} broken off; ${figureText(overall.meanRounds, 1)} rounds on average; agreement rate ${share(overall.agreement)}.${disagreement}${evidence.exact ? `\n${clarity(report, contrasts)}` : ''}`;
}

function caseTable({ cases, players, schedule }: ComparisonReport, { paint, width }: Console): string {
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
  return `${paint.bold('Cases')}\n${table(columns, rows, paint, '  ', width)}`;
}

/** Per case the best strategy of each player and the pure equilibria. */
function dependence(report: ComparisonReport, { paint, width }: Console): string {
  const { cases, cells, players, schedule } = report;
  const asked = cases[0].best.filter(({ player }) => players[player].strategies.length > 1);
  const columns = [
    { title: 'case' },
    ...asked.map(({ player }) => ({
      title: schedule.symmetric ? 'best strategy' : `best for ${players[player].label}`,
    })),
    { title: 'pure equilibria' },
  ];
  const rows = cases.map(({ label, best, pure }) => [
    label,
    ...asked.map(
      ({ player }) => best.filter((one) => one.player === player).map((one) => bestText(one, report, amount))[0],
    ),
    pure.length === 0
      ? 'none'
      : `${pure.length}: ${pure
          .slice(0, 2)
          .map((p) => cells[p].strategies.map((s, i) => players[i].strategies[s].replaceAll('_', ' ')).join(' / '))
          .join('; ')}${pure.length > 2 ? ' …' : ''}`,
  ]);
  return `${paint.bold(`Does it depend on ${report.dependence?.on.join(' and ')}?`)}\n${table(columns, rows, paint)}\n${paragraphs(`  ${dependenceText(report)}`, width)}`;
}

function ranking(report: ComparisonReport, player: number, { paint, width }: Console): string {
  const { scores, players, schedule, payoff, contrasts } = report;
  const who = schedule.symmetric ? 'Strategies, whoever plays them' : players[player].label;
  const rows = scores
    .filter((score) => score.player === player)
    .map((score) => [
      rankText(score, scores),
      score.name.replaceAll('_', ' '),
      amount(score.mean.estimate),
      range(score.mean),
      share(score.agreement),
      String(score.negotiations),
    ]);
  const columns = [
    { title: 'rank' },
    { title: 'strategy' },
    { title: `mean ${payoff.unit}`, right: true },
    { title: '95 % interval', right: true },
    { title: 'agreement', right: true },
    { title: 'n', right: true },
  ];
  const own = contrasts.filter((one) => one.player === player);
  return [
    paint.bold(who),
    table(columns, rows, paint),
    ...(own.length > 0 && !report.evidence.exact ? [paragraphs(paint.dim(`  ${clarity(report, own)}`), width)] : []),
    ...(own.length > 0 ? [differences(own, paint)] : []),
  ].join('\n');
}

const MOST_DIFFERENCES = 6;

/** Largest first; without chance a difference has neither interval nor test. */
function differences(contrasts: ComparisonReport['contrasts'], paint: Paint): string {
  const shown = bySize(contrasts).slice(0, MOST_DIFFERENCES);
  const columns = [
    { title: 'difference' },
    { title: '', right: true },
    { title: '95 % interval', right: true },
    { title: 'p (Holm)', right: true },
  ];
  const rows = shown.map(({ better, worse, of: { difference, interval, adjustedP } }) => [
    `${better} over ${worse}`,
    amount(Math.abs(difference)),
    range(difference < 0 ? { ...interval, low: -interval.high, high: -interval.low } : interval),
    adjustedP === null ? '–' : pText(adjustedP),
  ]);
  const told = contrasts[0].verdict === 'exact' ? columns.slice(0, 2) : columns;
  const rest = contrasts.length - shown.length;
  return `${table(told, rows, paint)}${rest > 0 ? paint.dim(`\n  and ${rest} more (--json has all)`) : ''}`;
}

function doubts({ warnings, scores }: ComparisonReport, paint: Paint): string {
  const all = new Set([...warnings, ...scores.flatMap(({ mean }) => mean.warnings)]);
  all.delete(NO_CHANCE);
  return [...all].map((one) => paint.dim(`  ! ${one}`)).join('\n');
}

const capital = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}`;
