import { exp } from '../../domain/arith.ts';
import { counted } from '../../domain/counted.ts';
import { stockShare, stockWorth } from '../../mining/venture/contract.ts';
import { leaveGain } from '../../mining/venture/exit.ts';
import type { Leaving } from '../../mining/venture/hazard.ts';
import type { MinePaths } from '../../mining/venture/kernel.ts';
import { compileVenture, type VentureModel } from '../../mining/venture/model.ts';
import type { PactTerms, VentureSpec } from '../../mining/venture/spec.ts';
import type { Scenario } from '../../scenario/load.ts';
import { analysisOf } from '../../scenario/settlement.ts';
import type { Game } from '../../session/game.ts';
import type { VentureTermSpec } from '../../value/venture/schema.ts';
import { makeVenture, type Venture } from '../../value/venture/venture.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { type Chosen, chosenOutcome } from '../outcomes.ts';
import { figureText, signed, table } from '../render/table.ts';
import { openScenario, type ScenarioOptions } from '../scenarios.ts';
import { numbersOf, refusing } from './mining_numbers.ts';
import type { Given } from './mining_parameters.ts';

/** What a party weighs at one month with the price standing still, million USD of that month. */
interface Weighing {
  readonly month: number;
  /** Its grab of the kept coins at spot, at what they are worth to it. */
  readonly coinsMusd: number;
  /** What it goes on earning from the site. */
  readonly siteMusd: number;
  /** What breakdown costs or brings it by the pact's own terms. */
  readonly snapBackMusd: number;
  readonly stayingMusd: number;
  /** Leaving less staying; it leaves if above 0. */
  readonly gainMusd: number;
}

interface AtPrice {
  readonly priceUsd: number;
  readonly firstMonth: number | null;
  /** At the first month it would leave; where it never would, at the month in which it comes closest. */
  readonly weighing: Weighing | null;
}

interface PartyExit {
  readonly party: string;
  readonly label: string;
  readonly probability: number;
  readonly quantiles: { readonly p10: number | null; readonly p50: number | null; readonly p90: number | null };
  readonly byPrice: readonly AtPrice[];
}

/** `hashpact mining exit`: who would rather leave the pact than stay, when, and with what in hand. */
export async function exit([path]: readonly string[], given: Given, console: Console): Promise<number> {
  const scenario = await openScenario(path, given as unknown as ScenarioOptions, console);
  const game = scenario.game();
  const venture = ventureOf(scenario, game, path);
  const market = venture.market(game.world);
  const prices =
    typeof given['prices'] === 'string' ? numbersOf('--prices', given['prices']) : [40_000, market.priceUsd, 160_000];
  const { outcome, how } = outcomeOf(game, given['outcome']);
  const terms = venture.reader.terms(game.space.decode(outcome));
  const model = venture.model(game.world);
  const spec = venture.spec(game.world);
  const parties = refusing({ priceUsd: '--prices', pricesUsd: '--prices' }, () => {
    const reports = model.leave(terms, prices);
    const stills = prices.map((priceUsd) => {
      const price = { kind: 'fixed', pricesUsd: [priceUsd] } as const;
      return compileVenture({ ...spec, price }, market, {
        paths: 1,
        seed: 0,
        maxYears: Math.max(1, terms.years),
      });
    });
    return game.parties.map(
      ({ id, label }, seat): PartyExit => ({
        party: id,
        label,
        probability: reports[seat].probability,
        quantiles: reports[seat].quantiles,
        byPrice: reports[seat].byPrice.map(({ priceUsd, firstMonth }, i) => ({
          priceUsd,
          firstMonth,
          weighing: weigh(spec, stills[i], terms, seat, firstMonth),
        })),
      }),
    );
  });
  const hazardPerYear = model.hazard(terms);
  const leaving = model.leaving(terms);
  if (given['json']) {
    const { parts, space } = game;
    const document = {
      scenario: parts.id,
      hash: parts.hash,
      unit: 'million USD of the month named; months count from 1',
      outcome: { index: outcome, values: space.values(outcome), chosen: how },
      hazardPerYear,
      leavingFeedsHazard: leaving && {
        afterMonth: leaving.month,
        addsPerYear: leaving.adds,
        parties: leaving.seats.map((seat) => game.ids[seat]),
      },
      pricesUsd: prices,
      paths: model.paths,
      parties,
    };
    console.out(JSON.stringify(document, null, 2));
  } else console.out(text({ game, outcome, how, parties, prices, hazardPerYear, model, terms }, console));
  return EXIT.done;
}

/** The scenario's venture with every party's part in it, as its values see it. */
function ventureOf(scenario: Scenario, game: Game, path: string): Venture {
  const { spec } = scenario;
  if (spec.venture === undefined) {
    throw new Refusal(
      `${path} has no mining venture, so there is no pact to leave`,
      'a scenario with a "venture:" section has one',
    );
  }
  const made = makeVenture(spec.venture, game.space.issues, game.ids, spec.market);
  if (!made.ok) throw new Refusal(`${path}: ${made.flaws.map(({ message }) => message).join('; ')}`);
  for (const [seat, party] of spec.parties.entries()) {
    for (const term of party.terms)
      if (term.kind === 'venture') made.made.join(seat, term as unknown as VentureTermSpec);
  }
  return made.made;
}

/** The outcome asked about: as given, issue by issue over the default; by default the Nash solution, or else the best joint outcome. */
function outcomeOf(game: Game, given: unknown): Chosen {
  const analysis = analysisOf(game, game.world);
  const [first, ...others] = analysis.nash.outcomes;
  const start =
    first === undefined
      ? { outcome: bestJoint(game), how: 'largest sum of values: there is no zone of agreement' }
      : {
          outcome: first,
          how: `Nash bargaining solution${others.length > 0 ? `, the first of ${others.length + 1}` : ''}`,
        };
  return typeof given === 'string' ? chosenOutcome(game, given, start) : start;
}

/** Values of one scenario are in one unit, which a side payment could move: that is what allows their sum. */
function bestJoint(game: Game): number {
  const { utilities } = game.valuation(game.world);
  const { appraiser } = game.parts;
  let best = game.space.allowed[0];
  let most = Number.NEGATIVE_INFINITY;
  for (const outcome of game.space.allowed) {
    const total = utilities.reduce((sum, u, seat) => sum + appraiser.valueOf(seat, u[outcome]), 0);
    if (total > most) {
      best = outcome;
      most = total;
    }
  }
  return best;
}

function weigh(
  spec: VentureSpec,
  still: VentureModel,
  terms: PactTerms,
  seat: number,
  firstMonth: number | null,
): Weighing | null {
  const { site, contract } = still.resolve(terms);
  const mine = still.mine(terms)?.mine ?? null;
  const gainOf = (rho: number) => leaveGain(spec, { ...contract, rho }, terms, site.plan, mine, seat).gain;
  const gain = gainOf(contract.rho);
  if (gain.length === 0) return null;
  // The site's part is what the gain loses when nothing of the site stays with the party
  const without = gainOf(0);
  let month = firstMonth ?? 1;
  if (firstMonth === null) for (let m = 1; m <= gain.length; m++) if (gain[m - 1] > gain[month - 1]) month = m;
  const share = terms.shares[seat];
  const { kept, breakdown } = contract.parties[seat];
  const taken = terms.kept * kept * stockWorth(spec, stockShare(spec, contract.custody, seat, share), share);
  const coinsMusd = taken * stockMusd(mine, month);
  const siteMusd = gain[month - 1] - without[month - 1];
  const gainMusd = gain[month - 1];
  return {
    month,
    coinsMusd,
    siteMusd,
    snapBackMusd: breakdown,
    stayingMusd: coinsMusd + siteMusd + breakdown - gainMusd,
    gainMusd,
  };
}

/** All coins mined up to the end of a month, had they all been kept, at that month's price. */
function stockMusd(mine: MinePaths | null, month: number): number {
  if (mine === null) return 0;
  let coins = 0;
  for (let m = 0; m < month; m++) coins += mine.revenue[m * mine.paths] / exp(mine.logPrice[m * mine.paths]);
  return coins * exp(mine.logPrice[(month - 1) * mine.paths]);
}

interface Told {
  readonly game: Game;
  readonly outcome: number;
  readonly how: string;
  readonly parties: readonly PartyExit[];
  readonly prices: readonly number[];
  readonly hazardPerYear: number;
  readonly model: VentureModel;
  readonly terms: PactTerms;
}

function text(told: Told, { paint }: Console): string {
  const { game, outcome, how, parties, prices, hazardPerYear, model, terms } = told;
  const issues = game.space.issues.map((issue, i) => [issue.label, issue.text(game.space.levelOf(outcome, i))]);
  const first = parties.map(({ label, byPrice }) => [label, ...byPrice.map((at) => monthText(at.firstMonth))]);
  const over = parties.map(({ label, probability, quantiles: q }) => [
    label,
    `${figureText(100 * probability, 1)} %`,
    monthText(q.p10),
    monthText(q.p50),
    monthText(q.p90),
  ]);
  const right = (title: string) => ({ title, right: true });
  const detail = parties.flatMap(({ label, byPrice }) =>
    byPrice.map(({ priceUsd, firstMonth, weighing }, i) => [
      i === 0 ? label : '',
      figureText(priceUsd),
      firstMonth === null
        ? `stays${weighing ? `, closest in ${weighing.month}` : ''}`
        : paint.red(`leaves in ${firstMonth}`),
      ...(weighing === null
        ? []
        : [
            figureText(weighing.coinsMusd),
            figureText(weighing.siteMusd),
            figureText(weighing.snapBackMusd),
            figureText(weighing.stayingMusd),
            signed(weighing.gainMusd),
          ]),
    ]),
  );
  return [
    `${paint.bold('Who would leave, and when')} ${paint.dim(`(outcome ${outcome}: ${how})`)}`,
    table([{ title: 'issue' }, { title: '' }], issues, paint),
    '',
    `  Breakdowns the model expects: ${figureText(100 * hazardPerYear, 1)} % a year; term ${counted(terms.years, 'year')}.`,
    ...raisedText(model.leaving(terms), parties),
    '',
    paint.bold('Earliest month in which leaving beats staying, by a price that stands still'),
    table([{ title: 'party' }, ...prices.map((price) => right(`$${figureText(price)}`))], first, paint),
    '',
    paint.bold(`The same over ${figureText(model.paths)} price paths`),
    table(
      [{ title: 'party' }, right('ever leaves'), right('10 % by'), right('50 % by'), right('90 % by')],
      over,
      paint,
    ),
    '',
    `${paint.bold('What it would grab, and give up')} ${paint.dim('(million USD of that month)')}`,
    table(
      [
        { title: 'party' },
        right('price'),
        { title: 'month' },
        right('coins taken'),
        right('site kept'),
        right('snap-back'),
        right('staying pays'),
        right('leaving gains'),
      ],
      detail,
      paint,
    ),
    '',
    ...(terms.miningMw > 0 && terms.kept > 0
      ? []
      : [
          'No coins are kept under this outcome, so there are none to take. Name another with --outcome issue=value,...',
        ]),
    paint.dim(
      'Coins at the month’s price and at what they are worth to the party; staying holds the pact to the end of its term.',
    ),
  ].join('\n');
}

/** Where leaving feeds the hazard: by whom, from when on and by how much. */
const raisedText = (leaving: Leaving | null, parties: readonly PartyExit[]): string[] => {
  if (leaving === null) return [];
  const who = leaving.seats.map((seat) => parties[seat].label).join(' and ');
  return [
    `  After ${monthText(leaving.month)} ${who} would rather leave at the price of the day: ${figureText(100 * leaving.adds, 1)} % a year more from then on.`,
  ];
};

const monthText = (month: number | null): string => (month === null ? 'never' : `month ${month}`);
