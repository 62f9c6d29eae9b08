import { exp, log } from '../../domain/arith.ts';
import type { Finding } from '../statistics/finding.ts';
import { logFixation, logFixationSymmetric } from './fixation.ts';
import { type Game, profileCount, profileOf, stridesOf } from './game.ts';
import { stationary, stationaryOfLogs } from './stationary.ts';
import { sinkComponents } from './strong_components.ts';

export type AlphaRank = Finding & {
  readonly alpha: number;
  readonly population: number;
  /** Long-run share of time in each state: pure profiles, or strategies of a symmetric game. */
  readonly distribution: Float64Array;
  /** States, highest share first; equal shares by number. */
  readonly order: readonly number[];
};

export type AlphaRankOptions = {
  /** Strength of selection per payoff unit; `Infinity` for the limit. */
  readonly alpha: number;
  readonly population?: number;
};

/**
 * Alpha-rank (Omidshafiei et al., Scientific Reports 9, 2019): one population per player, a mutant at a time; states are pure profiles.
 * Fixation in log space and GTH elimination, so no alpha is too large. Memory and time grow with the square and cube of the profiles.
 */
export const alphaRank = (game: Game, { alpha, population = 50 }: AlphaRankOptions): AlphaRank => {
  const n = game.players.length;
  const count = profileCount(game);
  const logs = new Float64Array(count * count).fill(-Infinity);
  neighbours(game, (from, to, player) => {
    const gain = game.payoff[to * n + player] - game.payoff[from * n + player];
    logs[from * count + to] = alpha === Infinity ? limit(gain) : logFixation(gain, alpha, population);
  });
  return ranked(logs, count, alpha, population, 'one population per player');
};

/** Alpha-rank of a symmetric two-player game played within one population; states are strategies. */
export const alphaRankSymmetric = (
  payoff: readonly (readonly number[])[],
  { alpha, population = 50 }: AlphaRankOptions,
): AlphaRank => {
  const count = payoff.length;
  const logs = new Float64Array(count * count).fill(-Infinity);
  for (let from = 0; from < count; from++) {
    for (let to = 0; to < count; to++) {
      if (from === to) continue;
      logs[from * count + to] =
        alpha === Infinity
          ? limit(payoff[to][from] - payoff[from][to])
          : logFixationSymmetric(payoff, to, from, alpha, population);
    }
  }
  return ranked(logs, count, alpha, population, 'one population');
};

/**
 * Where play ends as alpha grows without bound: the sink components of the graph of improvements, ties leading both ways (the Markov-Conley
 * chains of the paper). More than one means that the limit's weights between them depend on the noise.
 */
export const alphaRankSinks = (game: Game): number[][] => {
  const n = game.players.length;
  const successors: number[][] = Array.from({ length: profileCount(game) }, () => []);
  neighbours(game, (from, to, player) => {
    if (game.payoff[to * n + player] >= game.payoff[from * n + player]) successors[from].push(to);
  });
  return sinkComponents(successors);
};

/**
 * An alpha at which the ranking has settled: -ln(tolerance) over the smallest gap between different payoffs that a single deviation
 * faces (the rule of OpenSpiel's pull request 403). Infinity when nothing differs.
 */
export const suggestAlpha = (game: Game, tolerance = 0.1): number => {
  const n = game.players.length;
  let gap = Infinity;
  neighbours(game, (from, to, player) => {
    const gain = Math.abs(game.payoff[to * n + player] - game.payoff[from * n + player]);
    if (gain > 0 && gain < gap) gap = gain;
  });
  return gap === Infinity ? Infinity : -log(tolerance) / gap;
};

// ---- helpers

/** The chance of a step against selection in the limit alpha -> infinity; small enough not to show, large enough to keep the chain one. */
const NOISE = 1e-9;
const limit = (gain: number): number => log(gain > 0 ? 1 - NOISE : gain === 0 ? 0.5 : NOISE);

const neighbours = (game: Game, visit: (from: number, to: number, player: number) => void): void => {
  const strides = stridesOf(game);
  for (let from = 0; from < profileCount(game); from++) {
    profileOf(game, from).forEach((s, player) => {
      for (let t = 0; t < game.strategies[player].length; t++) {
        if (t !== s) visit(from, from + (t - s) * strides[player], player);
      }
    });
  }
};

const ranked = (logs: Float64Array, n: number, alpha: number, population: number, states: string): AlphaRank => {
  const warnings: string[] = [];
  const lowest = logs.reduce((low, x) => (x !== -Infinity && x < low ? x : low), 0);
  let distribution: Float64Array;
  if (lowest < -200 && n <= 400) {
    distribution = stationaryOfLogs(logs, n);
  } else {
    if (lowest < -200) warnings.push('steps rarer than 1e-87 were counted as 1e-87: too many states for log space');
    distribution = stationary(
      logs.map((x) => (x === -Infinity ? 0 : exp(Math.max(x, -200)))),
      n,
    );
  }
  if (alpha === Infinity) warnings.push(`infinite alpha: steps against selection have probability ${NOISE}`);
  return {
    alpha,
    population,
    distribution,
    order: Array.from(distribution, (_, i) => i).sort((a, b) => distribution[b] - distribution[a] || a - b),
    method: `alpha-rank, ${states}, ${alpha === Infinity ? 'infinite alpha' : `alpha ${alpha}, population ${population}`}, GTH elimination`,
    completeness: 'exact',
    warnings,
  };
};
