import type { ContrastReport, EvidenceReport, PayoffMeasure, ScenarioLabel } from './report.ts';
import type { Request } from './schedule.ts';

/** What a reader must know before trusting these numbers. */
export function doubts(
  { repetitions, mode, rotate }: Request,
  evidence: EvidenceReport,
  contrasts: readonly ContrastReport[],
  measure: PayoffMeasure,
  scenarios: readonly ScenarioLabel[],
): string[] {
  const out = evidence.exact ? [NO_CHANCE] : tooFew(evidence, contrasts);
  if (repetitions > 1 && !evidence.chance) out.push(ALIKE);
  if (mode === 'round_robin' && !rotate)
    out.push('each pairing was seated one way only: payoffs assume that it does not matter who sits where');
  if ((measure === 'value' || measure === 'net') && new Set(scenarios.map(({ unit }) => unit)).size > 1)
    out.push('the scenarios have different units: their values are averaged all the same');
  out.push(
    'welfare adds utilities of different parties: comparable between lines of one scenario, no judgement between adversaries',
  );
  return out;
}

export const ALIKE =
  'repetitions are all alike: nothing in these talks was left to chance, so more of them add nothing';

export const NO_CHANCE = 'no chance in these talks: differences are exact, nothing is tested';

/** Where no difference can be clear of chance, however large it is. */
function tooFew({ unit, units }: EvidenceReport, contrasts: readonly ContrastReport[]): string[] {
  if (units === 1)
    return [
      'one repetition of talks that hold chance: nothing tells luck from skill, so nothing is tested; try --repetitions 20',
    ];
  const tests = contrasts.filter(({ p }) => p !== null);
  if (tests.length === 0)
    return contrasts.length === 0
      ? []
      : [`chance was there and changed no difference in ${units} ${unit}s: there is no scatter to test by`];
  const family = Math.max(...tests.map(({ player }) => tests.filter((one) => one.player === player).length));
  const smallest = Math.max(...tests.map(({ smallestP }) => smallestP));
  if (smallest * family < 0.05) return [];
  let enough = units;
  while (family / 2 ** (enough - 1) >= 0.05) enough++;
  return [
    `only ${units} ${unit}s: no test over them can reach a p below ${smallest}${family > 1 ? `, ${family} times that after Holm’s correction` : ''}, so that no difference can be clear of chance; from ${enough} on one can`,
  ];
}
