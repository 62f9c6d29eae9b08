import { isDeepStrictEqual } from 'node:util';
import { playOut } from '../executors/batch.ts';
import { gameOf, type Stage } from '../scenario/compile.ts';
import { render } from '../scenario/diagnose.ts';
import { loadScenario, type Scenario } from '../scenario/load.ts';
import { analysisOf } from '../scenario/settlement.ts';
import { run } from '../session/engine.ts';
import type { Game } from '../session/game.ts';
import type { Player } from '../session/player.ts';
import { NONE, type State } from '../session/state.ts';
import { BATCH, RECORDED, seatStrategy } from './line_up.ts';
import { measure, widthOf } from './measure.ts';
import { ComparisonRefusal } from './refusal.ts';
import type { ZoneReport } from './report.ts';
import { type Case, type Request, Schedule } from './schedule.ts';
import { bits } from './statistics/uniform.ts';
import { zoneOf } from './zone.ts';

/** What is known of a case once it has been compiled. */
export interface CaseFacts {
  readonly hash: string;
  readonly zone: ZoneReport;
  readonly paretoSize: number;
}

/** Some negotiations of one case, played. */
export interface Batch {
  readonly case: number;
  readonly from: number;
  readonly to: number;
  /** `[negotiation - from][width]`, see `measure`. */
  readonly numbers: Float64Array;
  readonly facts: CaseFacts;
  /** The values of every agreement among them, by outcome. */
  readonly agreements: Readonly<Record<number, Readonly<Record<string, string | number>>>>;
  readonly audited: number;
  /** Whether any of them drew a number; talks that draw none come out the same under any luck. */
  readonly chance: boolean;
  /** `party=strategy` of machines that the compiled table cannot express. */
  readonly fallbacks: readonly string[];
}

/** Compiled scenarios are large; neighbouring negotiations share one. */
const REMEMBERED = 2;

interface Open {
  readonly index: number;
  readonly stage: Stage;
  readonly facts: CaseFacts;
  /** By seat and strategy. */
  readonly players: readonly (readonly Player[])[];
  readonly fallbacks: readonly string[];
}

/** Where negotiations are played: compiles a case when it is first asked for, then plays any of its jobs. One per thread. */
export class Hall {
  readonly schedule: Schedule;
  readonly #auditOneIn: number;
  readonly #open: Open[] = [];

  constructor(request: Request, auditOneIn: number) {
    this.schedule = new Schedule(request);
    this.#auditOneIn = auditOneIn;
  }

  /** Puts a scenario that is compiled already in the place of its case. */
  admit(index: number, scenario: Scenario): void {
    this.#remember(openCase(this.schedule, index, scenario));
  }

  /** Compiles a case without playing it. */
  prepare(index: number): CaseFacts {
    return this.#case(index).facts;
  }

  /** Plays jobs `from` to `to - 1`, all of one case. */
  play(from: number, to: number): Batch {
    const { schedule } = this;
    const open = this.#case(schedule.job(from).case);
    const width = widthOf(open.stage.spec.parties.length);
    const numbers = new Float64Array((to - from) * width);
    const agreements: Record<number, Readonly<Record<string, string | number>>> = {};
    let audited = 0;
    let chance = false;
    const onChance = () => {
      chance = true;
    };
    for (let number = from; number < to; number++) {
      const seated = this.#game(open, number, open.players);
      const game = chance ? seated : seated.with({ onChance });
      const played = playOut(game);
      if (this.#isAudited(number)) {
        this.#audit(open, number, played.state, playOut(game, { facts: true }).facts ?? []);
        audited++;
      }
      measure(game, played, numbers, (number - from) * width);
      if (played.agreement !== NONE) agreements[played.agreement] ??= game.space.values(played.agreement);
    }
    return {
      case: open.index,
      from,
      to,
      numbers,
      facts: open.facts,
      agreements,
      audited,
      chance,
      fallbacks: open.fallbacks,
    };
  }

  #case(index: number): Open {
    const known = this.#open.find((open) => open.index === index);
    if (known) return known;
    const { request, cases } = this.schedule;
    return this.#remember(openCase(this.schedule, index, loadCase(request, cases[index])));
  }

  #remember(open: Open): Open {
    this.#open.push(open);
    if (this.#open.length > REMEMBERED) this.#open.shift();
    return open;
  }

  #game(open: Open, number: number, players: readonly (readonly Player[])[]): Game {
    const { seating, repetition } = this.schedule.job(number);
    const seats = this.schedule.seatings[seating];
    const stage = { ...open.stage, players: seats.map((s, seat) => players[seat][s]) };
    return gameOf(stage, this.schedule.request.seed, repetition);
  }

  /** One negotiation of every so many, drawn by hash, so that no pattern of the schedule hides from the audit. */
  #isAudited(number: number): boolean {
    const n = Math.min(this.#auditOneIn, this.schedule.size);
    if (n === 0) return false;
    return number % n === bits(this.schedule.request.seed, Math.floor(number / n), 7) % n;
  }

  /** Plays the job again with XState, turn by turn, and compares every fact, and the state it ended in. */
  #audit(open: Open, number: number, state: State, facts: readonly unknown[]): void {
    const { seating } = this.schedule.job(number);
    const names = this.schedule.names(seating);
    const players = names.map((name, seat) => {
      const seated = seatStrategy(open.stage, seat, name, RECORDED);
      if ('flaws' in seated) throw new Error(`audit: ${seated.flaws[0].message}`);
      const list: Player[] = [];
      list[this.schedule.seatings[seating][seat]] = seated.player;
      return list;
    });
    const recorded: unknown[] = [];
    let last: State | undefined;
    for (const turn of run(this.#game(open, number, players), undefined, false)) {
      recorded.push(...turn.facts);
      last = turn.state;
    }
    let differs = recorded.findIndex((fact, i) => JSON.stringify(fact) !== JSON.stringify(facts[i]));
    if (differs < 0 && recorded.length < facts.length) differs = recorded.length;
    if (differs < 0 && isDeepStrictEqual(last, state)) return;
    const where = differs < 0 ? 'in the state it left' : `fact ${differs + 1}`;
    throw new ComparisonRefusal(
      `the batch executor parted from the recorded one in negotiation ${number}, ${where}: results would not be trustworthy`,
      `please report it with: ${reproduce(this.schedule, number)}`,
    );
  }
}

/** The command that runs one negotiation of the schedule with the recorded executor. */
export function reproduce(schedule: Schedule, number: number): string {
  const { request, cases } = schedule;
  const job = schedule.job(number);
  const { scenario, set } = cases[job.case];
  const strategies = schedule
    .names(job.seating)
    .flatMap((name, seat) => (name === 'own' ? [] : [`--strategy ${seat}=${name}`]));
  return [
    `hashpact run ${request.scenarios[scenario].name}`,
    ...(request.variant === null ? [] : [`--variant ${request.variant}`]),
    ...set.map((one) => `--set '${one}'`),
    ...strategies,
    `--seed ${request.seed}`,
    ...(job.repetition > 0 ? [`--repetition ${job.repetition}`] : []),
  ].join(' ');
}

/** Compiles the scenario of a case; refuses with every mistake placed. */
export function loadCase(
  request: Pick<Request, 'scenarios' | 'variant'>,
  { scenario, set }: Pick<Case, 'scenario' | 'set'>,
): Scenario {
  const source = request.scenarios[scenario];
  const loaded = loadScenario(source, { variant: request.variant ?? undefined, set });
  if (loaded.ok) return loaded.scenario;
  throw new ComparisonRefusal(
    `${source.name}${set.length > 0 ? ` with ${set.join(', ')}` : ''} is refused, nothing of it was run:\n${render(loaded.diagnostics)}`,
  );
}

function openCase(schedule: Schedule, index: number, { stage, hash }: Scenario): Open {
  const players = schedule.request.strategies.map((names, seat) =>
    names.map((name) => {
      const seated = seatStrategy(stage, seat, name, BATCH);
      if ('player' in seated) return seated.player;
      const { message, hint } = seated.flaws[0];
      throw new ComparisonRefusal(`${stage.spec.parties[seat].id} cannot play ${name}: ${message}`, hint);
    }),
  );
  const game = gameOf(stage, schedule.request.seed, 0);
  const analysis = analysisOf(game, game.world);
  const facts = { hash, zone: zoneOf(game, game.world), paretoSize: analysis.pareto.size };
  const fallbacks = players.flatMap((list, seat) =>
    list.flatMap((player, s) =>
      'cannot' in BATCH[0].prepare(player.compiled)
        ? [`${stage.spec.parties[seat].id}=${schedule.request.strategies[seat][s]}`]
        : [],
    ),
  );
  return { index, stage, players, facts, fallbacks };
}
