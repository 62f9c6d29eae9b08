import { counted } from '../../domain/counted.ts';
import type { Learnt } from '../../scenario/learning.ts';
import type { ScenarioSpec } from '../../scenario/schema.ts';
import type { PartySettlement, Settlement } from '../../scenario/settlement.ts';
import { threatWords } from '../../scenario/threat_words.ts';
import type { Game } from '../../session/game.ts';
import type { Paint } from '../console.ts';
import { offerWords } from './offer.ts';
import { figureText, measureText, table } from './table.ts';
import { type Figures, figuresOf } from './values.ts';
import { wrap, wrapped } from './wrap.ts';

/** The outcome in words, then what it means to each party. */
export function outcomeText(game: Game, settlement: Settlement, paint: Paint, width: number): string {
  const { end, rounds, agreement } = settlement;
  const lines: string[] = [];
  if (end === 'agreement' && agreement !== null) {
    lines.push(paint.bold(paint.green(`Agreement in round ${rounds}.`)));
    for (const [i, issue] of game.space.issues.entries()) {
      lines.push(...wrap(`    ${issue.label}: ${issue.text(game.space.levelOf(agreement.index, i))}`, width, '      '));
    }
  } else if (end === 'timedout')
    lines.push(paint.bold(paint.yellow(`No agreement: the deadline passed after ${counted(rounds, 'round')}.`)));
  else lines.push(paint.bold(paint.red(`No agreement: the talks broke down in round ${rounds}.`)));
  return lines.join('\n');
}

/** An agreement that leaves whoever controls the venture's site below its reservation value: signed, and not to be carried out against its will. */
export function notImplementable(spec: ScenarioSpec, game: Game, settlement: Settlement): string[] {
  const controller = spec.venture?.breakdown.controller;
  const party = settlement.parties.find((one) => one.party === controller);
  if (settlement.end !== 'agreement' || party === undefined || party.value >= party.reservationValue) return [];
  const [value, reserved] = figuresOf(game).column([party.value, party.reservationValue]);
  return [
    `Agreed, not implementable: ${party.label}, which controls the site, would have ${value} and has ${reserved} without a deal.`,
  ];
}

/** Where a reservation value is what a pact of the others leaves a party. */
export function threatTexts(spec: ScenarioSpec, game: Game): string[] {
  return game.parties.flatMap(({ label }, seat) => {
    const words = threatWords(spec, seat);
    if (words === null) return [];
    return [`  ${label} without a deal: ${words.text}`, ...(words.pact === null ? [] : [`    ${words.pact}`])];
  });
}

/** What each party has of it. What delay costs and how waiting discounts are columns of their own, since neither is in the value. */
export function standings(game: Game, settlement: Settlement, paint: Paint, width: number): string {
  const { unit } = game.parts;
  const { parties } = settlement;
  const figures = figuresOf(game);
  const figure = (of: (p: PartySettlement) => number) => figures.column(parties.map(of));
  const columns: (readonly [title: string, cells: readonly string[]])[] = [
    [`value (${unit})`, figure(({ value }) => value)],
    ['without a deal', figure(({ reservationValue }) => reservationValue)],
    ['utility', parties.map(({ utility }) => figureText(utility, 3))],
    ['left on the table', figure(({ leftOnTableValue }) => leftOnTableValue)],
  ];
  if (parties.some(({ delayCost }) => delayCost > 0)) {
    columns.push(
      ['cost of delay', figure(({ delayCost }) => delayCost)],
      ['less delay', figure(({ value, delayCost }) => value - delayCost)],
    );
  }
  if (waits(game))
    columns.push(['utility, discounted', parties.map(({ discountedUtility }) => figureText(discountedUtility, 3))]);
  return [
    table(
      [{ title: 'party' }, ...columns.map(([title]) => ({ title, right: true }))],
      parties.map(({ label }, seat) => [label, ...columns.map(([, cells]) => cells[seat])]),
      paint,
      '  ',
      width,
    ),
    ...[...delayTexts(settlement, figures), ...discountTexts(game)].map((line) =>
      paint.dim(wrapped(`  ${line}`, width, '  ')),
    ),
  ].join('\n');
}

/** What the rounds cost is spent whatever comes of them: who would have done better by not talking at all. */
function delayTexts({ parties, end }: Settlement, figures: Figures): string[] {
  if (parties.every(({ delayCost }) => delayCost === 0)) return [];
  const sunk = 'The cost of delay is sunk, deal or no deal, and not part of the value.';
  const worse =
    end !== 'agreement'
      ? []
      : parties.filter(
          (p) => p.delayCost > 0 && p.value >= p.reservationValue && p.value - p.delayCost < p.reservationValue,
        );
  return [
    sunk,
    ...worse.map((p) => {
      const [value, cost, left, reserved] = figures.column([
        p.value,
        p.delayCost,
        p.value - p.delayCost,
        p.reservationValue,
      ]);
      return `${p.label}: ${value} less ${cost} of delay is ${left}, below the ${reserved} it would have had without talks.`;
    }),
  ];
}

const waits = ({ parties }: Game) => parties.some(({ discount }) => discount !== 1);

function discountTexts(game: Game): string[] {
  if (!waits(game)) return [];
  const waiting = game.parties
    .filter(({ discount }) => discount !== 1)
    .map(({ label, discount }) => `${label} ${discount}`);
  return [`What is left of a utility when all the time has passed: ${waiting.join(', ')}.`];
}

/** How the outcome stands to what was possible. */
export function possible(game: Game, settlement: Settlement): string[] {
  const { analysis, nashDistance, paretoDistance, paretoOptimal, end } = settlement;
  const lines: string[] = [];
  const share = analysis.outcomes === 0 ? 0 : (100 * analysis.rational) / analysis.outcomes;
  lines.push(
    analysis.rational === 0
      ? `There is no zone of agreement: none of ${counted(analysis.outcomes, 'outcome')} reaches every reservation value.`
      : `Zone of agreement: ${figureText(analysis.rational)} of ${counted(analysis.outcomes, 'outcome')} (${percentText(share)}); its Pareto frontier has ${counted(analysis.pareto.size, 'point')}.`,
  );
  if (end === 'agreement') {
    lines.push(
      paretoOptimal
        ? 'The agreement is Pareto-optimal: nobody could do better without somebody doing worse.'
        : `The agreement is not Pareto-optimal: distance ${measureText(paretoDistance ?? Number.NaN)} to the frontier, in utility.`,
    );
  }
  if (end === 'agreement' && nashDistance !== null) {
    lines.push(
      `Distance to the Nash bargaining solution: ${measureText(nashDistance)}, in utility. The solution${analysis.nash.outcomes.length > 1 ? `, one of ${analysis.nash.outcomes.length},` : ''} is ${offerWords(game, analysis.nash.outcomes[0])}.`,
    );
  }
  return lines;
}

export const percentText = (share: number): string =>
  share === 0 || share >= 0.095 ? `${figureText(share, 1)} %` : `${Number(share.toPrecision(2))} %`;

/** How near each party's picture of the others came to what they truly want. */
export function beliefs(learnt: readonly Learnt[], game: Game, paint: Paint, width: number): string {
  const name = (id: string) => game.parties[game.seatOf(id)].label;
  return [
    wrapped(
      paint.bold('What each came to believe the others want') +
        paint.dim(' (1: ranks outcomes as they do; 0: knows nothing; −1: the wrong way round)'),
      width,
      '  ',
    ),
    table(
      [
        { title: 'who' },
        { title: 'about' },
        { title: 'correlation with the truth', right: true },
        { title: 'r.m.s. error of utility', right: true },
      ],
      learnt.map(({ party, about, correlation, rmse }) => [
        name(party),
        name(about),
        Number.isNaN(correlation) ? 'learnt nothing' : figureText(correlation, 2),
        figureText(rmse, 2),
      ]),
      paint,
      '  ',
      width,
    ),
  ].join('\n');
}
