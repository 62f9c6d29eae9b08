import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CellReport, ComparisonReport, SweepReport, ZoneReport } from '../../src/comparison/report.ts';
import type { Interval } from '../../src/comparison/statistics/interval.ts';
import { analysisReport, runReport } from '../../src/report/page.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { settle } from '../../src/scenario/settlement.ts';
import { begin, run } from '../../src/session/engine.ts';

/** Text that would break out of markup, attributes, scripts or the direction of a line, if it could. */
export const HOSTILE = [
  '</script><script>window.pwned = 1</script>',
  '"><img src=x onerror="window.pwned = 1">',
  "' onfocus='window.pwned = 1' autofocus='",
  '<!-- ]]> </svg></style><style>*{display:none}</style>',
  '\u202eesrever & \u2066more',
];

const FIXTURES = join(import.meta.dirname, '../fixtures');
export const fixture = (name: string) => readFileSync(join(FIXTURES, name), 'utf8');
export const DELTA = readFileSync(join(import.meta.dirname, 'delta.yaml'), 'utf8');

export function scenarioOf(text: string, set: readonly string[] = []) {
  const loaded = loadScenario({ name: 'sample.yaml', text }, { set });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.scenario;
}

/** A scenario played to its end, with everything a page is made from. */
export function played(text: string, seed = 1, set: readonly string[] = []) {
  const scenario = scenarioOf(text, set);
  const game = scenario.game({ seed });
  const turns = [...run(game)];
  const state = turns.at(-1)?.state ?? begin(game);
  const settlement = settle(game, state);
  const report = runReport(scenario, game, turns, settlement, { command: `hashpact run sample.yaml --seed ${seed}` });
  return { scenario, game, turns, settlement, report };
}

export const analysed = (text: string, set: readonly string[] = []) => {
  const scenario = scenarioOf(text, set);
  return analysisReport(scenario, scenario.game());
};

const interval = (estimate: number, half: number): Interval => ({
  estimate,
  low: estimate - half,
  high: estimate + half,
  confidence: 0.95,
  method: 'made by hand',
  completeness: 'estimate',
  warnings: [],
});

const finding = { method: 'made by hand', completeness: 'exact', warnings: [] } as const;

/** A comparison made by hand: payoffs are simple functions of the strategies, so that a test can say what a page must show. */
export function comparison(
  strategies: readonly (readonly string[])[],
  {
    labels = ['Ann', 'Bob', 'Cyd', 'Dan'],
    title = 'A made-up comparison',
  }: { labels?: readonly string[]; title?: string } = {},
): ComparisonReport {
  const players = strategies.map((names, i) => ({ id: `p${i}`, label: labels[i], strategies: names }));
  const total = strategies.reduce((n, names) => n * names.length, 1);
  const cells = Array.from({ length: total }, (_, profile): CellReport => {
    const chosen: number[] = [];
    let rest = profile;
    for (const { strategies: names } of players.toReversed()) {
      chosen.unshift(rest % names.length);
      rest = Math.floor(rest / names.length);
    }
    return {
      profile,
      strategies: chosen,
      name: chosen.map((s, i) => `${players[i].id}=${players[i].strategies[s]}`).join(', '),
      n: 40 + profile,
      payoffs: players.map((_p, i) => interval(0.1 + 0.01 * profile + 0.001 * i, 0.02)),
      agreement: interval(0.5, 0.1),
      rounds: 12.5,
      welfare: 1,
      paretoDistance: profile % 5 === 0 ? null : 0.1,
      nashDistance: 0.2,
      left: players.map(() => 0),
      regret: { estimate: total - 1 - profile, low: 0, high: 1 },
      equilibriumProbability: profile === total - 1 ? 0.9 : 0,
      bestReplies: players.map(({ strategies: names }) => [names.length - 1]),
      alphaRank: profile === total - 1 ? 1 : 0,
    };
  });
  const best = players.map(({ strategies: names }, player) => ({
    player,
    strategies: names.length > 1 && player === 0 ? [0] : names.map((_, s) => s),
    separated: names.length > 1 && player === 0,
    margin: names.length > 1 ? 0.1 : null,
    runnerUp: names.length > 1 ? 1 : null,
    verdict: player === 0 ? ('clear' as const) : ('unclear' as const),
  }));
  const arrows = cells.flatMap(({ profile, strategies: at }) => {
    const last = strategies[strategies.length - 1].length - 1;
    const player = players.length - 1;
    return at[player] < last ? [{ player, from: profile, to: profile + last - at[player], gain: 0.01 }] : [];
  });
  return {
    kind: 'comparison',
    format: 'hashpact-report/1',
    version: '0.1.0',
    seed: 7,
    scenarios: [{ file: 'a.yaml', id: 'a', title, hash: 'ab'.repeat(32), unit: 'points', asOf: '2025-12-25' }],
    warnings: ['a warning that matters'],
    payoff: {
      measure: 'utility',
      unit: 'utility',
      disagreement: 'talks without an agreement count at the reservation value',
    },
    evidence: { chance: true, exact: false, unit: 'repetition', units: 20 },
    schedule: {
      mode: 'cross',
      rotated: false,
      symmetric: false,
      repetitions: 4,
      negotiations: total * 4,
      finished: total * 4,
    },
    cases: [0, 1].map((index) => ({
      index,
      scenario: 0,
      set: [`market.power=${index}`],
      label: `market.power=${index}`,
      hash: 'cd'.repeat(32),
      zone: { outcomes: 100, rational: 10 * index, paretoSize: index },
      agreement: interval(0.5, 0.2),
      meanRounds: 10,
      payoffs: players.map(() => 0.5),
      best,
      pure: [index],
    })),
    dependence: {
      on: ['market.power'],
      best: players.map((_p, player) => ({ player, changes: player === 0 })),
      equilibriaChange: true,
    },
    best,
    players,
    overall: {
      agreement: interval(0.5, 0.1),
      ends: { agreement: total, timedout: total, broken: 2 * total },
      meanRounds: 12.5,
      meanWelfare: 1,
    },
    scores: players.flatMap(({ strategies: names }, player) =>
      names.map((name, strategy) => ({
        player,
        strategy,
        name,
        negotiations: 100,
        mean: interval(0.9 - 0.1 * strategy, 0.05),
        agreement: interval(0.6, 0.1),
        rank: strategy + 1,
        rankLow: Math.max(1, strategy),
        rankHigh: strategy + 1,
        rankShare: names.map((__, r) => (r === strategy ? 1 : 0)),
      })),
    ),
    ranking: players.map((_p, player) => ({ ...finding, player })),
    contrasts: [
      {
        ...finding,
        player: 0,
        a: strategies[0][0],
        b: strategies[0][1],
        difference: 0.1,
        interval: interval(0.1, 0.05),
        p: 0.001,
        adjustedP: 0.01,
        smallestP: 0.0001,
        verdict: 'clear',
      },
    ],
    cells,
    game: {
      payoff: cells.flatMap(({ payoffs }) => payoffs.map(({ estimate }) => estimate)),
      pure: { ...finding, profiles: [total - 1] },
      mixed: { ...finding, equilibria: [] },
      regret: { ...finding, critical: 1 },
      alphaRank: { ...finding, alpha: 10, population: 50, order: [total - 1] },
      replicator: { ...finding, basins: [], cycling: 0, moving: 0 },
      deviations: { ...finding, arrows, sinks: [total - 1], cycles: [[0, 1]], traps: [[total - 1]] },
    },
    audit: { oneIn: 1000, audited: 1, fallbacks: [] },
  };
}

const zone = (share: number, gain: number): ZoneReport => ({
  outcomes: 100,
  rational: Math.round(100 * share),
  share,
  exists: share > 0,
  joint: { outcome: 1, values: { keeper: 'joint' }, gain, worth: [1, 2, 3] },
  slack: gain / 10,
  preferred: [],
});

/** A sweep made by hand, along one parameter or two, with a tornado. */
export function sweep(parameters: 1 | 2, path = 'market.price'): SweepReport {
  const down = { path, values: [10, 20, 30, 40] };
  const across = { path: 'parties.ann.reservation', values: ['low', 'high'] };
  const at =
    parameters === 1 ? down.values.map((v) => [v]) : down.values.flatMap((v) => across.values.map((w) => [v, w]));
  return {
    kind: 'sweep',
    format: 'hashpact-report/1',
    version: '0.1.0',
    seed: 3,
    scenarios: [
      { file: 'a.yaml', id: 'a', title: 'A made-up sweep', hash: 'ef'.repeat(32), unit: 'points', asOf: null },
    ],
    warnings: [],
    parties: [
      { id: 'ann', label: 'Ann' },
      { id: 'bob', label: 'Bob' },
      { id: 'cyd', label: 'Cyd' },
    ],
    unit: 'points',
    payoff: { measure: 'utility', unit: 'utility' },
    repetitions: 5,
    parameters: parameters === 1 ? [down] : [down, across],
    base: zone(0.3, 30),
    points: at.map((values, i) => ({
      at: values,
      zone: zone(i / 10, 10 * i - 5),
      talks: {
        negotiations: 5,
        agreement: interval(0.5, 0.1),
        rounds: 9,
        payoffs: [0.1, 0.2, 0.3].map((x) => interval(x * i, 0.05)),
        commonest: null,
      },
    })),
    thresholds: [
      { ...finding, parameter: path, where: [], value: 27.7512345, low: 27.75, high: 27.76, change: 'appears' },
    ],
    tornado: [
      {
        path: 'market.price',
        value: 87200,
        standing: 'sourced',
        text: 'a source',
        low: { at: 40000, jointGain: 10, rational: 5, slack: 1, refused: null },
        high: { at: 160000, jointGain: 90, rational: 50, slack: 9, refused: null },
        swing: 80,
      },
      {
        path: 'parties.ann.terms.depth',
        value: 1,
        standing: 'assumed',
        text: null,
        low: { at: 0.5, jointGain: 40, rational: 5, slack: 1, refused: null },
        high: { at: 2, jointGain: 20, rational: 5, slack: 1, refused: null },
        swing: 20,
      },
      {
        path: 'venture.years',
        value: 10,
        standing: 'bare',
        text: null,
        low: { at: 5, jointGain: null, rational: null, slack: null, refused: 'too short' },
        high: { at: 20, jointGain: 31, rational: 5, slack: 1, refused: null },
        swing: null,
      },
    ],
  };
}
