import type { Json } from '../../domain/id.ts';
import type { Scenario } from '../../scenario/load.ts';
import { type Settlement, utilitySpace } from '../../scenario/settlement.ts';
import { type ThreatWords, threatWords } from '../../scenario/threat_words.ts';
import type { Turn } from '../../session/engine.ts';
import type { Game } from '../../session/game.ts';
import { VERSION } from '../../version.ts';
import { type Curves, curvesOf } from './curves.ts';
import { type Moment, momentsOf } from './moments.ts';
import { type SpacePicture, spacePicture } from './space.ts';

/** One negotiation as plain data: everything a page about it says. */
export interface RunReport {
  readonly kind: 'run';
  readonly version: string;
  readonly seed: number;
  readonly repetition: number;
  /** SHA-256 of the resolved scenario. */
  readonly hash: string;
  /** The command that plays the same talks again. */
  readonly command: string;
  readonly scenario: ScenarioCard;
  readonly parties: readonly PartyCard[];
  readonly issues: readonly { readonly id: string; readonly label: string; readonly agreed: string | null }[];
  readonly settlement: Settlement;
  readonly space: SpacePicture;
  readonly curves: Curves;
  readonly moments: readonly Moment[];
  readonly verdicts: readonly { readonly source: string; readonly holds: boolean; readonly why: string }[];
  /** The scenario as it was negotiated, with the strategies that were played: itself a scenario file. */
  readonly resolved: Json;
}

export interface PartyCard {
  readonly id: string;
  readonly label: string;
  readonly strategy: string;
  /** Takes no turn and is not asked. */
  readonly observer: boolean;
  /** Where its reservation value comes from, where that is a pact of the others. */
  readonly threat: ThreatWords | null;
}

/** A source as a scenario file lists it. */
interface Source {
  readonly text: string;
  readonly url?: string;
  readonly date?: string;
}

/** What a scenario says of itself. */
export interface ScenarioCard {
  readonly id: string;
  readonly title: string;
  readonly note: string | null;
  readonly asOf: string | null;
  readonly roundIs: string;
  readonly rounds: number;
  readonly unit: string;
  readonly rule: string;
  readonly sources: readonly { readonly text: string; readonly url: string | null; readonly date: string | null }[];
  readonly figures: { readonly sourced: number; readonly assumed: number; readonly bare: number };
}

/**
 * Gathers what a page about one negotiation needs.
 *
 * @example
 * writeWhole('talks.html', reportPage(runReport(scenario, game, turns, settle(game, state), { command: 'hashpact run car.yaml' })));
 */
export function runReport(
  scenario: Scenario,
  game: Game,
  turns: readonly Turn[],
  settlement: Settlement,
  { command }: { readonly command: string },
): RunReport {
  const last = turns.at(-1);
  const world = last?.state.world ?? game.world;
  const { agreement } = settlement;
  return {
    kind: 'run',
    version: VERSION,
    seed: game.parts.seed,
    repetition: game.parts.repetition,
    hash: scenario.hash,
    command,
    scenario: scenarioCard(scenario, game),
    parties: game.parties.map(({ id, label, observer }, seat) => ({
      id,
      label,
      strategy: game.players[seat].name,
      observer,
      threat: threatWords(scenario.spec, seat),
    })),
    issues: game.space.issues.map((issue, i) => ({
      id: issue.id,
      label: issue.label,
      agreed: agreement === null ? null : issue.text(game.space.levelOf(agreement.index, i)),
    })),
    settlement,
    space: spacePicture(utilitySpace(game, world), settlement.analysis, game),
    curves: curvesOf(game, turns),
    moments: momentsOf(game, turns),
    verdicts:
      last === undefined
        ? []
        : scenario.judge(game, last.state).map(({ source, holds, why }) => ({ source, holds, why })),
    resolved: scenario.resolved,
  };
}

export function scenarioCard(scenario: Scenario, game: Game): ScenarioCard {
  const { spec } = scenario;
  const figures = { sourced: 0, assumed: 0, bare: 0 };
  for (const { standing } of scenario.inventory()) figures[standing]++;
  return {
    id: spec.id,
    title: spec.title,
    note: spec.note ?? null,
    asOf: spec.as_of ?? null,
    roundIs: spec.round_is ?? 'round',
    rounds: game.world.rounds,
    unit: game.parts.unit,
    rule: game.protocol.rule.text,
    sources: ((spec as { sources?: readonly Source[] }).sources ?? []).map(({ text, url, date }) => ({
      text,
      url: url ?? null,
      date: date ?? null,
    })),
    figures,
  };
}
