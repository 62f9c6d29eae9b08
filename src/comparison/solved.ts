import { alphaRank, suggestAlpha } from './game/alpha_rank.ts';
import { replicatorBasins } from './game/basins.ts';
import { deviationGraph } from './game/deviation_graph.ts';
import { type Game, profileCount } from './game/game.ts';
import { mixedEquilibria } from './game/mixed.ts';
import { pureEquilibria } from './game/pure.ts';
import type { EmpiricalGameReport } from './report.ts';

/** Alpha-rank solves a linear system of this size; its time grows with the cube. */
const MOST_STATES = 800;

/** Everything this room knows of a game, sized so that the answer comes in seconds; what was cut short says so. */
export function solveGame(game: Game): {
  readonly report: Omit<EmpiricalGameReport, 'regret'>;
  readonly shares: readonly number[] | null;
} {
  const profiles = profileCount(game);
  const { profiles: pure, method, completeness, warnings } = pureEquilibria(game);
  const largest = Math.max(...game.strategies.map((list) => list.length));
  const mixed = mixedEquilibria(game, {
    maxSupport: game.players.length > 2 && largest > 4 ? 2 : 3,
    maxProfiles: Math.max(200, Math.floor(200_000 / profiles)),
    starts: 4,
  });
  const alpha = suggestAlpha(game);
  const rank = profiles <= MOST_STATES ? alphaRank(game, { alpha }) : null;
  const basins = replicatorBasins(game, { starts: Math.max(5, Math.min(60, Math.floor(2000 / profiles))) });
  return {
    shares: rank && [...rank.distribution],
    report: {
      payoff: [...game.payoff],
      pure: { profiles: pure, method, completeness, warnings },
      mixed: {
        equilibria: mixed.equilibria.map((found) => ({ ...found, mixture: found.mixture.map((row) => [...row]) })),
        method: mixed.method,
        completeness: mixed.completeness,
        warnings: mixed.warnings,
      },
      alphaRank: rank && {
        alpha: Number.isFinite(alpha) ? alpha : null,
        population: rank.population,
        order: rank.order,
        method: rank.method,
        completeness: rank.completeness,
        warnings: rank.warnings,
      },
      replicator: {
        basins: basins.basins.map((basin) => ({ ...basin, mixture: basin.mixture.map((row) => [...row]) })),
        cycling: basins.cycling,
        moving: basins.moving,
        method: basins.method,
        completeness: basins.completeness,
        warnings: basins.warnings,
      },
      deviations: deviationGraph(game),
    },
  };
}
