import { describe, expect, it } from 'vitest';
import { ACCEPTANCE } from '../../src/acceptance/index.ts';
import { OutcomeSpace } from '../../src/domain/outcome_space.ts';
import { begin } from '../../src/session/engine.ts';
import { Sitting } from '../../src/session/sitting.ts';
import { thaw } from '../../src/session/state.ts';
import type { Shelves } from '../../src/session/strategy.ts';
import { takeTurn } from '../../src/session/turn.ts';
import { NEGMAS_STRATEGIES } from '../../src/stances/compat/negmas.ts';
import { TACTICS } from '../../src/tactics/index.ts';
import { tableOf } from '../fixtures/table.ts';
import { elsewhere, type GoldenFile, goldenFiles, shipped, spaceOfGolden } from './golden_spaces.ts';

/** Round from 0, seat, outcome. */
type Offer = readonly [number, number, number];

interface Negotiation {
  readonly strategies: readonly string[];
  readonly nSteps: number;
  readonly end: string;
  readonly finalStep: number;
  readonly agreementIndex: number | null;
  readonly utilities: readonly number[] | null;
  /** How many offers NegMAS drew from its own generator, which nobody else can reproduce; all of them at the end. */
  readonly usedRandomChoice: number;
  readonly traceStepProposerOutcome: readonly Offer[];
}
type Golden = GoldenFile & { issues: { values: unknown[] }[]; negotiations: readonly Negotiation[] };

const shelves: Shelves = {
  tactics: new Map(TACTICS.map((kind) => [kind.type, kind])),
  acceptance: new Map(ACCEPTANCE.map((kind) => [kind.type, kind])),
  opponents: new Map(),
};
const NAMES: Readonly<Record<string, string>> = {
  Boulware: 'boulware',
  Linear: 'linear',
  Conceder: 'conceder',
  TFT: 'tit-for-tat',
  MiCRO: 'micro',
};
const own = goldenFiles(shipped) as Golden[];
const third = goldenFiles(elsewhere) as Golden[];
const count = (files: readonly Golden[]) => files.reduce((sum, golden) => sum + golden.negotiations.length, 0);

describe('strategies in NegMAS’s way reproduce its traces offer by offer', () => {
  it(`ships 74 traces of its own domains (${count(own)} found)`, () => expect(count(own)).toBe(74));

  it.skipIf(third.length === 0)(
    third.length === 0
      ? 'third-party traces: ../shared/conformance/negmas is absent, they are skipped'
      : `third-party traces: ${count(third)} found in ../shared/conformance/negmas`,
    () => expect(count(third)).toBe(178),
  );

  for (const golden of [...own, ...third]) {
    it(`${golden.domain}: ${golden.negotiations.length} traces`, () => {
      const deal = dealer(golden);
      for (const negotiation of golden.negotiations) {
        const { strategies, nSteps, usedRandomChoice: drawn } = negotiation;
        const played = playedOut(deal(strategies, nSteps));
        const offers = negotiation.traceStepProposerOutcome;
        const fixed = offers.length - drawn;
        const told = `${strategies.join(' / ')}, ${nSteps} rounds`;
        expect({ ...played, offers: played.offers.slice(0, fixed) }, told).toEqual({
          end: negotiation.end,
          rounds: negotiation.finalStep,
          agreement: negotiation.agreementIndex,
          offers: offers.slice(0, fixed),
          utilities: negotiation.end === 'agreement' ? negotiation.utilities : null,
        });
        if (drawn > 0) sameButForTheDraws(played.offers, offers, fixed);
      }
    });
  }

  it('notices strategies that are swapped', () => {
    const golden = own.find((file) => file.domain === '3p-plant-pact-360')!;
    const one = golden.negotiations.find(
      ({ strategies }) => strategies[0] === 'Boulware' && strategies[1] === 'Linear',
    )!;
    const swapped = playedOut(dealer(golden)([one.strategies[1], one.strategies[0], one.strategies[2]], one.nSteps));
    expect(swapped.offers).not.toEqual(one.traceStepProposerOutcome);
  });
});

/** After the first draw: the same party moves at the same time, and repeats one of the offers that it had made before the draws. */
function sameButForTheDraws(ours: readonly Offer[], theirs: readonly Offer[], fixed: number): void {
  expect(ours.map(([step, by]) => [step, by])).toEqual(theirs.map(([step, by]) => [step, by]));
  const before = (offers: readonly Offer[], by: number) =>
    new Set(offers.slice(0, fixed + 1).flatMap((offer) => (offer[1] === by ? [offer[2]] : [])));
  for (const [, by, outcome] of ours.slice(fixed + 1)) expect(before(theirs, by)).toContain(outcome);
}

/** Games on one domain; the outcome space and its valuations are shared. */
function dealer(golden: Golden) {
  const { utilities, reservation } = spaceOfGolden(golden);
  const sizes = golden.issues.map(({ values }) => values.length);
  const space = new OutcomeSpace(tableOf({ sizes, seats: [], shelves }).space.issues);
  const appraisers = new Map<number, ReturnType<typeof tableOf>['parts']['appraiser']>();
  return (strategies: readonly string[], rounds: number) => {
    const seats = strategies.map((name, seat) => {
      const kind = NEGMAS_STRATEGIES.find((one) => one.name === NAMES[name])!;
      return {
        utility: utilities[seat],
        reservation: reservation[seat],
        strategy: { name: kind.name, ...kind.make(kind.example) },
      };
    });
    const appraiser = appraisers.get(rounds);
    const rule = { rule: 'unanimity', of: 'present' } as const;
    const game = tableOf({ sizes, space, seats, shelves, rounds, rule, ...(appraiser && { appraiser }) });
    appraisers.set(rounds, game.parts.appraiser);
    return game;
  };
}

function playedOut(game: ReturnType<typeof tableOf>) {
  const offers: Offer[] = [];
  const sitting = new Sitting(game, thaw(begin(game)), (fact) => {
    if (fact.type === 'offered') offers.push([sitting.state.round - 1, game.seatOf(fact.by), fact.outcome]);
  });
  while (sitting.state.end === null) takeTurn(sitting);
  const { end, round, agreement } = sitting.state;
  const agreed = end === 'agreement';
  const utilities = agreed ? game.parties.map((_, seat) => sitting.valuation.utilities[seat][agreement]) : null;
  return { end, rounds: round, agreement: agreed ? agreement : null, offers, utilities };
}
