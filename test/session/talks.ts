import { acNext } from '../../src/acceptance/ac_next.ts';
import { options } from '../../src/domain/issues/options.ts';
import { OutcomeSpace } from '../../src/domain/outcome_space.ts';
import { condition } from '../../src/expression/index.ts';
import type { ShockKind } from '../../src/session/contracts/shock.ts';
import type { Chart, StanceExecutor } from '../../src/session/contracts/stance.ts';
import type { Game } from '../../src/session/game.ts';
import type { ScriptedEvent } from '../../src/session/script.ts';
import type { Shelves, Strategy } from '../../src/session/strategy.ts';
import { type WorldEnv, worldVocabulary } from '../../src/session/vocabulary.ts';
import { SHOCKS } from '../../src/shocks/index.ts';
import { timeDependent } from '../../src/tactics/time_dependent.ts';
import { plainTerm, type Term, wholeIssue } from '../../src/value/term.ts';
import { Appraiser } from '../../src/value/valuation.ts';
import { must, type TableParts, tableOf } from '../fixtures/table.ts';
import { counting } from './memory.ts';

/** Three parties over a plant's stakes, the custody of what it mines, and oversight; the stakes are worth more when the price is high. */
export const PARTIES = ['russia', 'ukraine', 'united_states'];
const ISSUES = [
  { id: 'stakes', options: ['mostly_russia', 'mostly_ukraine', 'thirds', 'mostly_us'] },
  { id: 'custody', options: ['one_key', 'two_of_three', 'escrow'] },
  { id: 'oversight', options: ['none', 'national', 'iaea'] },
];
const SHARES = [
  [0.7, 0.1, 0.4, 0.2],
  [0.1, 0.7, 0.3, 0.2],
  [0.2, 0.2, 0.3, 0.6],
];
const CUSTODY = [
  [120, 40, 10],
  [0, 90, 60],
  [10, 80, 50],
];
const OVERSIGHT = [
  [60, 30, 0],
  [0, 40, 90],
  [0, 20, 70],
];

export const issues = ISSUES.map((issue) => must(options.make({ kind: 'options', ...issue }, PARTIES)));
export const space = new OutcomeSpace(issues, [{ allows: (levels) => !(levels[0] === 3 && levels[1] === 0) }]);

function worth(id: string, issue: number, at: (level: number, price: number) => number, priced = false): Term {
  const appraisal = (price: number) => {
    const value = (levels: ArrayLike<number>) => at(levels[issue], price);
    return { value, bars: (levels: ArrayLike<number>) => [{ bar: { id, label: id }, amount: value(levels) }] };
  };
  return {
    ...plainTerm({ id }, [wholeIssue(issues, issue)], () => 0),
    ...(priced && { key: ({ market }) => String(market['price']) }),
    at: ({ market }) => appraisal(market['price']),
  };
}

const valuers = PARTIES.map((id, seat) => ({
  id,
  terms: [
    worth('venture', 0, (level, price) => 300 * SHARES[seat][level] * (price / 100), true),
    worth('custody', 1, (level) => CUSTODY[seat][level]),
    worth('politics', 2, (level) => OVERSIGHT[seat][level]),
  ],
  reservation: 90,
}));

export const shelves: Shelves = {
  tactics: new Map([timeDependent, counting].map((kind) => [kind.type, kind as never])),
  acceptance: new Map([[acNext.type, acNext as never]]),
  opponents: new Map(),
};

const concede = (exponent: number) => ({ type: 'time_dependent', exponent });
const acceptance = { type: 'ac_next' };

/** A stance that anchors, probes (in two moods), and closes; it remembers how often it was disappointed. */
export const moody: Chart = {
  initial: 'anchoring',
  context: { disappointments: 0, price_then: 0 },
  on: { summit: [{ target: '.closing' }] },
  states: {
    anchoring: {
      meta: { tactic: concede(5), acceptance },
      on: {
        offered: [
          { target: 'probing', guard: 'time > 0.2 && others.max(concession) > 0' },
          { guard: 'event.utility < mine.reservation', actions: [{ type: 'add', params: { key: 'disappointments' } }] },
        ],
        deadlineNear: [{ target: 'closing' }],
      },
    },
    probing: {
      initial: 'calm',
      meta: { tactic: concede(1), acceptance },
      on: { deadlineNear: [{ target: 'closing' }], shocked: [{ target: 'anchoring' }] },
      states: {
        calm: {
          entry: [{ type: 'keep', params: { key: 'price_then', what: 'price' } }],
          on: { rejected: [{ target: 'nervous', guard: 'time > 0.5' }] },
        },
        nervous: {
          meta: { tactic: { type: 'counting' }, says: 'time is short' } as never,
          on: { accepted: [{ target: 'calm' }] },
        },
      },
    },
    closing: { meta: { tactic: concede(0.5), acceptance } },
  },
};

export const plain: Chart = { initial: 'talking', states: { talking: { meta: { tactic: concede(2), acceptance } } } };

const strategyOf = (chart: Chart): Strategy => ({ name: 'own', chart });

const world = { market: { price: 100 }, terms: {}, reservations: {}, rounds: 20 };

export const shockContext = (event: string) => ({
  event,
  earliest: 1,
  parties: PARTIES,
  issues,
  strides: space.strides,
  allowed: space.allowed,
  isAllowed: (outcome: number) => space.isAllowed(outcome),
  find: (values: Readonly<Record<string, unknown>>) => space.find(values),
  market: ['price'],
  terms: Object.fromEntries(PARTIES.map((id) => [id, ['venture', 'custody', 'politics']])),
  reservations: Object.fromEntries(PARTIES.map((id) => [id, 90])),
});

/** A shock from its block, as the loader makes one; throws with the flaws. */
export function shockOf(event: string, block: { kind: string }) {
  const kind = SHOCKS.find((one) => one.kind === block.kind) as ShockKind;
  return must(kind.make(kind.spec.parse(block), shockContext(event)));
}

export interface EventBlock {
  readonly id: string;
  readonly round?: number;
  readonly when?: string;
  readonly chance?: number;
  readonly limit?: number;
  readonly effects: readonly { kind: string }[];
}

export function scripted(blocks: readonly EventBlock[]): ScriptedEvent[] {
  const events = blocks.map(({ id }) => id);
  const vocabulary = worldVocabulary({ issues, strides: space.strides, parties: PARTIES, market: ['price'], events });
  return blocks.map(({ id, round, when, chance = 1, limit = 1, effects }) => {
    const compiled = when === undefined ? undefined : condition<WorldEnv>(when, vocabulary);
    if (compiled && !compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    return {
      id,
      label: id,
      round,
      from: 1,
      until: 1_000_000,
      chance,
      limit,
      condition: compiled && { source: when!, holds: (env) => compiled.expression.holds(env) },
      shocks: effects.map((block) => shockOf(id, block)),
    };
  });
}

export interface Talks extends Partial<Omit<TableParts, 'script'>> {
  readonly charts?: readonly Chart[];
  readonly script?: readonly EventBlock[];
  readonly executors?: readonly StanceExecutor[];
}

export function talks({ charts = [moody, moody, plain], script = [], ...parts }: Talks = {}): Game {
  const rounds = parts.rounds ?? world.rounds;
  const atFirst = { ...world, rounds };
  return tableOf({
    sizes: [],
    space,
    world: atFirst,
    appraiser: new Appraiser(space, valuers, atFirst),
    shelves,
    signals: ['summit'],
    script: scripted(script),
    seats: PARTIES.map((id, seat) => ({ id, utility: [], strategy: strategyOf(charts[seat]) })),
    ...parts,
  });
}
