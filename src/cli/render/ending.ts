import type { Settlement } from '../../scenario/settlement.ts';
import { type Breakdown, breakdownIn } from '../../session/breakdown.ts';
import type { Fact } from '../../session/fact.ts';
import type { Game } from '../../session/game.ts';
import type { Figures } from './values.ts';

/** What there is to add to the outcome: who broke the talks and how, or who signed where not all did, and whom that leaves worse off. */
export function endingTexts(game: Game, settlement: Settlement, facts: readonly Fact[], figures: Figures): string[] {
  const label = (party: string) => game.parties[game.seatOf(party)].label;
  const breakdown = breakdownIn(facts);
  if (breakdown !== undefined) return [breakdownText(breakdown, label)];
  const { signedBy, worseOff } = settlement;
  if (settlement.end !== 'agreement') return [];
  const lines = signedBy.length < game.deciding.length ? [`Signed by ${listed(signedBy.map(label))}.`] : [];
  const worse = settlement.parties
    .filter(({ party }) => worseOff.includes(party))
    .map(
      (one) => `${one.label} (${figures.text(one.value)}, and ${figures.text(one.reservationValue)} without a deal)`,
    );
  return worse.length === 0 ? lines : [...lines, `Worse off than without a deal: ${listed(worse)}.`];
}

function breakdownText({ by, how, why }: Breakdown, label: (party: string) => string): string {
  const who = by === null ? 'nobody' : label(by);
  switch (how) {
    case 'left':
      return `${who} left the talks: ${why}.`;
    case 'move_refused':
      return `${who} made a move that is not allowed (${why}), and so put nothing forward.`;
    case 'turned_down':
      return `${who} turned down what stood and put nothing in its place.`;
    case 'put_nothing_forward':
      return `${who} put nothing forward.`;
    case 'standstill':
      return 'Nobody moved.';
    default:
      return how satisfies never;
  }
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
