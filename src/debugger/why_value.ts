import type { Recording } from '../history/recording.ts';
import { NONE, type State } from '../session/state.ts';
import type { Frame } from './debugger.ts';

/** One bar of a party's value, before and after something happened. In the scenario's unit. */
export interface BarMoved {
  readonly party: string;
  readonly bar: string;
  readonly label: string;
  readonly before: number;
  readonly after: number;
}

const counting = (state: State) => (state.end === null ? state.table.outcome : state.agreement);

/**
 * Which terms of the parties' values moved between two positions: of the same outcome in two worlds when the world changed, else of the two outcomes on the
 * table. An outcome that was not there counts as nothing.
 */
export function barsMoved(recording: Recording, from: number, to: number): BarMoved[] {
  const before = recording.state(from);
  const after = recording.state(to);
  const game = recording.gameAt(to);
  const outcome = counting(after);
  const was = counting(before) === NONE ? NONE : counting(before);
  if (outcome === NONE || (was === outcome && before.world === after.world)) return [];
  return game.ids.flatMap((party, seat) => {
    const now = game.valuation(after.world).bars(seat, outcome);
    const then = was === NONE ? [] : game.valuation(before.world).bars(seat, was);
    return now.flatMap(({ bar, amount }, i): BarMoved[] => {
      const old = then[i]?.amount ?? 0;
      return old === amount ? [] : [{ party, bar: bar.id, label: bar.label, before: old, after: amount }];
    });
  });
}

/** The bars that the last fact of a frame moved. */
export const barsMovedAt = (frame: Frame): BarMoved[] =>
  frame.position === 0 ? [] : barsMoved(frame.branch.recording, frame.position - 1, frame.position);
