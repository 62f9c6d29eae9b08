import { makeTrap, type Trap } from '../debugger/breakpoint.ts';
import type { Debugger, Frame } from '../debugger/debugger.ts';
import { factText } from '../debugger/fact_text.ts';
import { valueText } from '../debugger/logpoint.ts';
import { EDIT } from '../history/change.ts';
import { pathOf } from '../session/contracts/stance.ts';
import type { Place, Places, Span } from './places.ts';

/** A line of the call stack: what is going on, and the block of the scenario behind it. */
export interface Level {
  readonly name: string;
  readonly span: Span | undefined;
  /** Whose line it is; undefined for what happens and for the round. */
  readonly seat?: number;
}

/** Moments listed as targets of a jump. */
const TARGETS = 50;
/** How far talks are played on to find them, in turns. */
const FARTHEST = 20_000;

/** Tells what a frame of the talks looks like as a call stack, and at which lines of the scenario it stands. */
export class Stack {
  readonly #debug: Debugger;
  readonly #places: Places;
  readonly #traps = new Map<Place, Trap>();

  constructor(debug: Debugger, places: Places) {
    this.#debug = debug;
    this.#places = places;
  }

  /** What happens, then every party in its stance, then the round. `at` is the line of the breakpoint that was hit, which is where the talks stand then. */
  levels(frame: Frame, at?: Span): Level[] {
    const { game, state } = frame;
    const action = frame.fact === undefined ? 'before anything happens' : `${frame.at} ${factText(frame.fact, game)}`;
    const parties = game.parties.map(({ label, observer }, seat): Level => {
      const path = pathOf(state.seats[seat].stance.value);
      const posture = observer ? ', an observer' : ` in ${path}${state.seats[seat].here ? '' : ', has left'}`;
      return { name: `${label}${posture}`, span: this.#places.stance(game, seat, path), seat };
    });
    const time = valueText(game.time(state.round, state.world));
    const round =
      state.round === 0
        ? 'before round 1'
        : `round ${state.round} of ${state.world.rounds}, turn ${state.turn}, time ${time}`;
    return [
      { name: action, span: at ?? this.#spanOf(frame) },
      ...parties,
      { name: round, span: this.#places.span(['protocol']) },
    ];
  }

  /** The moments at which a place is reached in these talks, played on to their end. */
  moments(place: Place): { position: number; at: string; text: string }[] {
    const { recording } = this.#debug.branch;
    const trap = this.#trap(place);
    if (trap === undefined) return [];
    recording.reach(FARTHEST);
    const found: { position: number; at: string; text: string }[] = [];
    for (let index = 0; index < recording.turns.length && found.length < TARGETS; index++) {
      const turn = recording.turns[index];
      for (let micro = 1; micro <= turn.facts.length; micro++) {
        if (!trap.hit(turn, micro, (m) => recording.within(index, m))) continue;
        const position = recording.startOf(index) + micro;
        found.push({ position, at: recording.addressText(position), text: factText(turn.facts[micro - 1], turn.game) });
      }
    }
    return found;
  }

  #spanOf(frame: Frame): Span | undefined {
    const { fact, game, state } = frame;
    const stanceOf = (party: string) => {
      const seat = game.seatOf(party);
      return this.#places.stance(game, seat, pathOf(state.seats[seat].stance.value));
    };
    if (fact === undefined) return this.#places.span(['protocol']);
    if (fact.type === 'stanceChanged') return this.#transitionTaken(frame)?.span ?? stanceOf(fact.party);
    if ('by' in fact) return stanceOf(fact.by);
    if ('event' in fact && fact.event !== EDIT) return this.#places.span(['events', game.eventIndex(fact.event)]);
    return this.#places.span(['protocol']);
  }

  /** The transition of the file that a change of stance took; of several that would do, the first. */
  #transitionTaken({ turn, micro, branch, position }: Frame): Place | undefined {
    if (turn === undefined) return undefined;
    const index = branch.recording.locate(position).turn;
    return this.#places.all.find(
      (place) =>
        place.spot.kind === 'transition' &&
        (place.spot.to !== undefined || place.spot.from !== undefined) &&
        this.#trap(place)?.hit(turn, micro, (m) => branch.recording.within(index, m)),
    );
  }

  #trap(place: Place): Trap | undefined {
    let trap = this.#traps.get(place);
    if (trap === undefined) {
      const made = makeTrap(0, { spot: place.spot }, this.#debug.scenario.stage.shape, this.#debug.vocabulary);
      if (!made.ok) return undefined;
      trap = made.trap;
      this.#traps.set(place, trap);
    }
    return trap;
  }
}
