import type { Learnt } from '../../scenario/learning.ts';
import type { ScenarioSpec } from '../../scenario/schema.ts';
import type { Settlement } from '../../scenario/settlement.ts';
import { threatWords } from '../../scenario/threat_words.ts';
import type { Game } from '../../session/game.ts';
import type { Paint } from '../console.ts';
import { counted, figureText, table } from './table.ts';

/** The outcome in words, then what it means to each party. */
export function outcomeText(game: Game, settlement: Settlement, paint: Paint): string {
  const { end, rounds, agreement } = settlement;
  const lines: string[] = [];
  if (end === 'agreement' && agreement !== null) {
    lines.push(paint.bold(paint.green(`Agreement in round ${rounds}.`)));
    for (const [i, issue] of game.space.issues.entries()) {
      lines.push(`    ${issue.label}: ${issue.text(game.space.levelOf(agreement.index, i))}`);
    }
  } else if (end === 'timedout')
    lines.push(paint.bold(paint.yellow(`No agreement: the deadline passed after ${counted(rounds, 'round')}.`)));
  else lines.push(paint.bold(paint.red(`No agreement: the talks broke down in round ${rounds}.`)));
  return lines.join('\n');
}

/** An agreement that leaves whoever controls the venture's site below its reservation value: signed, and not to be carried out against its will. */
export function notImplementable(spec: ScenarioSpec, settlement: Settlement): string[] {
  const controller = spec.venture?.breakdown.controller;
  const party = settlement.parties.find((one) => one.party === controller);
  if (settlement.end !== 'agreement' || party === undefined || party.value >= party.reservationValue) return [];
  return [
    `Agreed, not implementable: ${party.label}, which controls the site, would have ${figureText(party.value, 1)} and has ${figureText(party.reservationValue, 1)} without a deal.`,
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

export function standings(game: Game, settlement: Settlement, paint: Paint): string {
  const { unit } = game.parts;
  const digits = settlement.parties.every(({ value }) => Math.abs(value) < 20) ? 2 : 0;
  const delay = settlement.parties.some(({ delayCost }) => delayCost > 0);
  const rows = settlement.parties.map((p) => [
    p.label,
    figureText(p.value, digits),
    figureText(p.reservationValue, digits),
    figureText(p.utility, 3),
    figureText(p.leftOnTableValue, digits),
    ...(delay ? [figureText(p.delayCost, digits)] : []),
  ]);
  return table(
    [
      { title: 'party' },
      { title: `value (${unit})`, right: true },
      { title: 'without a deal', right: true },
      { title: 'utility', right: true },
      { title: 'left on the table', right: true },
      ...(delay ? [{ title: 'cost of delay', right: true }] : []),
    ],
    rows,
    paint,
  );
}

/** How the outcome stands to what was possible. */
export function possible(settlement: Settlement): string[] {
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
        : `The agreement is not Pareto-optimal: distance ${figureText(paretoDistance ?? Number.NaN, 3)} to the frontier, in utility.`,
    );
  }
  if (end === 'agreement' && nashDistance !== null) {
    lines.push(
      `Distance to the Nash bargaining solution (outcome ${analysis.nash.outcomes[0]}): ${figureText(nashDistance, 3)}, in utility.`,
    );
  }
  return lines;
}

export const percentText = (share: number): string =>
  share === 0 || share >= 0.095 ? `${figureText(share, 1)} %` : `${Number(share.toPrecision(2))} %`;

/** How near each party's picture of the others came to what they truly want. */
export function beliefs(learnt: readonly Learnt[], game: Game, paint: Paint): string {
  const name = (id: string) => game.parties[game.seatOf(id)].label;
  return [
    paint.bold('What each came to believe the others want') +
      paint.dim(' (1: ranks outcomes as they do; 0: knows nothing; −1: the wrong way round)'),
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
    ),
  ].join('\n');
}
