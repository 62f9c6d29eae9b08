import type { Analysis } from '../../analysis/analyze.ts';
import type { Scenario } from '../../scenario/load.ts';
import { analysisOf, utilitySpace } from '../../scenario/settlement.ts';
import type { Game } from '../../session/game.ts';
import { VERSION } from '../../version.ts';
import { type ScenarioCard, scenarioCard } from './run.ts';
import { type SpacePicture, spacePicture } from './space.ts';

/** What was possible, whoever plays, as plain data. */
export interface AnalysisReport {
  readonly kind: 'analysis';
  readonly version: string;
  readonly hash: string;
  readonly scenario: ScenarioCard;
  readonly space: SpacePicture;
  readonly mode: Analysis['mode'];
  /** The outcomes that stand out, in words: those of the solutions. */
  readonly named: readonly { readonly outcome: number; readonly values: readonly string[] }[];
  readonly issues: readonly string[];
}

/**
 * Gathers what a page about a scenario's possibilities needs; `analysis` where it is at hand already.
 *
 * @example
 * writeWhole('possible.html', reportPage(analysisReport(scenario, scenario.game())));
 */
export function analysisReport(scenario: Scenario, game: Game, analysis?: Analysis): AnalysisReport {
  const space = utilitySpace(game, game.world);
  const found = analysis ?? analysisOf(game, game.world);
  const picture = spacePicture(space, found, game);
  const outcomes = new Set(
    picture.solutions.flatMap(({ points }) => points.slice(0, 1).map((point) => point.outcomes[0])),
  );
  return {
    kind: 'analysis',
    version: VERSION,
    hash: scenario.hash,
    scenario: scenarioCard(scenario, game),
    space: picture,
    mode: found.mode,
    issues: game.space.issues.map(({ label }) => label),
    named: [...outcomes].map((outcome) => ({
      outcome,
      values: game.space.issues.map((issue, i) => issue.text(game.space.levelOf(outcome, i))),
    })),
  };
}
