import { type Answer, refuse, said } from '../history/refused.ts';
import type { Fact } from '../session/fact.ts';
import type { Note } from '../session/note.ts';
import { NONE } from '../session/state.ts';
import {
  type Flip,
  flipByRound,
  flipByTarget,
  flipByUtility,
  flipsByIssue,
  flipsByMarket,
  isAnswer,
  sameMove,
} from './counterfactual.ts';
import type { Frame } from './debugger.ts';
import { Decision } from './decision.ts';
import { factText, offerText } from './fact_text.ts';
import { valueText } from './logpoint.ts';
import { type Heard, heardIn } from './why_stance.ts';
import { type BarMoved, barsMovedAt } from './why_value.ts';

/** The why of one thing that happened: in sentences, with the smallest changes that would have turned it. */
export interface Why {
  readonly about: 'offer' | 'answer' | 'stance' | 'value' | 'event' | 'edit' | 'script';
  readonly party?: string;
  readonly headline: string;
  readonly details: readonly string[];
  readonly flips: readonly Flip[];
  /** What stances made of it, where it was heard. */
  readonly heard?: readonly Heard[];
  readonly bars?: readonly BarMoved[];
}

export interface WhyOptions {
  /** Whose: without it, of whatever the frame's fact is. */
  readonly party?: string;
  /** Searches the market too, where values depend on it: outcomes are valued anew some 20 times a figure, until this says it is enough. */
  readonly market?: () => boolean;
}

/**
 * Why things are as they are at a frame: the decision its fact came from, what every stance made of it, and which terms of whose value it moved. Asked of a
 * party, its latest decision in the turn and what its stance heard there.
 */
export function why(frame: Frame, { party, market }: WhyOptions = {}): Answer<{ whys: readonly Why[] }> {
  const { turn, fact, game } = frame;
  if (party !== undefined && !game.isSeat(party))
    return refuse('unknown-party', `there is no party "${party}"`, `parties: ${game.ids.join(', ')}`);
  if (turn === undefined || fact === undefined)
    return refuse('nothing-happened', 'nothing has happened yet', 'take a step first');
  try {
    const whys: Why[] = [];
    const decided = party === undefined ? (isMove(fact) ? frame.micro : 0) : lastMoveOf(frame, party);
    if (decided > 0) whys.push(...whyMoved(frame, decided, market));
    if (fact.type === 'happened' && party === undefined) whys.push(...whyEvent(frame, fact.event));
    const heard = heardIn(frame.branch.recording, frame.branch.recording.locate(frame.position).turn, frame.micro);
    const wanted = heard.filter((one) => (party === undefined ? concerns(one, fact) : one.party === party));
    whys.push(...wanted.map(whyHeard));
    const bars = barsMovedAt(frame).filter((bar) => party === undefined || bar.party === party);
    if (bars.length > 0) whys.push(whyValue(frame, bars));
    if (whys.length === 0)
      whys.push({ about: 'script', headline: factText(fact, game), details: [ruleText(fact)], flips: [] });
    return { ok: true, whys };
  } catch (error) {
    return refuse('cannot-explain', `this cannot be explained: ${said(error)}`);
  }
}

const isMove = (fact: Fact) => ['offered', 'accepted', 'rejected', 'passed', 'walked'].includes(fact.type);

function lastMoveOf({ turn, micro }: Frame, party: string): number {
  const began = turn!.facts.findIndex((fact) => fact.type === 'turnBegan');
  for (let m = micro; m > began + 1; m--) {
    const fact = turn!.facts[m - 1];
    if (isMove(fact) && 'by' in fact && fact.by === party) return m;
  }
  return 0;
}

/** Why a party answered and offered as it did. */
function whyMoved(frame: Frame, micro: number, market: WhyOptions['market']): Why[] {
  const { turn } = frame;
  const { recording } = frame.branch;
  const { game, facts, notes } = turn!;
  const fact = facts[micro - 1] as Extract<Fact, { by: string }>;
  const index = recording.locate(frame.position).turn;
  const seat = game.seatOf(fact.by);
  const label = game.parties[seat].label;
  const began = facts.findIndex(({ type }) => type === 'turnBegan');
  if (began < 0 || micro <= began + 1) {
    return [
      {
        about: 'script',
        party: fact.by,
        headline: factText(fact, game),
        details: ['the script made this happen'],
        flips: [],
      },
    ];
  }
  const given = turn!.moves?.get(seat);
  if (given !== undefined) {
    return [
      {
        about: 'edit',
        party: fact.by,
        headline: factText(fact, game),
        details: ['a person made this move in the party’s place'],
        flips: [],
      },
    ];
  }
  if (game.players[seat].scripted.has(turn!.state.round)) {
    return [
      {
        about: 'script',
        party: fact.by,
        headline: factText(fact, game),
        details: ['the scenario writes this move down (moves:)'],
        flips: [],
      },
    ];
  }
  const decision = new Decision(game, recording.within(index, began + 1), seat);
  const whys: Why[] = [];
  const mine = notes.map(({ note }) => note).filter((note) => 'by' in note && note.by === fact.by);
  const answer = mine.find((note) => note.about === 'answer');
  if (answer?.about === 'answer') whys.push(whyAnswered(decision, answer, label, market));
  const offer = mine.find((note) => note.about === 'offer');
  if (offer?.about === 'offer' && fact.type !== 'accepted') whys.push(whyOffered(decision, offer, label, market));
  if (fact.type === 'walked') {
    const details = [`its stance is ${decision.posture.path}, which leaves the talks: ${fact.why}`];
    whys.push({ about: 'offer', party: fact.by, headline: `${label} walks out`, details, flips: [] });
  }
  if (fact.type === 'passed' && offer === undefined) {
    const tactic = decision.posture.tactic?.name ?? 'no tactic';
    whys.push({
      about: 'offer',
      party: fact.by,
      headline: `${label} passes`,
      details: [`its stance ${decision.posture.path} plays ${tactic}, which has nothing to offer`],
      flips: [],
    });
  }
  if (notes.length === 0) {
    whys.push({
      about: 'offer',
      party: fact.by,
      headline: factText(fact, game),
      details: ['no reasons were recorded'],
      flips: [],
    });
  }
  return whys;
}

function whyAnswered(
  decision: Decision,
  note: Extract<Note, { about: 'answer' }>,
  label: string,
  market: WhyOptions['market'],
): Why {
  const { accepted } = note;
  const { offered, reservation, ...numbers } = note.numbers;
  const plan = decision.plan.offer();
  const own =
    plan >= 0
      ? `its own next offer is worth ${valueText(decision.view.utility(plan))}`
      : 'it has nothing of its own to offer';
  const details = [
    `${note.because} (stance ${note.stance}, rule ${note.rule})`,
    `the offer is worth ${valueText(offered)} to it, its reservation value is ${valueText(reservation)}, ${own}`,
    ...numbersText(numbers),
  ];
  const what = accepted ? 'refused' : 'accepted';
  const flips = [
    flipByUtility(decision, accepted),
    flipByTarget(decision, accepted),
    ...flipsByIssue(decision, accepted).slice(0, 4),
    flipByRound(decision, isAnswer(accepted), what),
    ...(market ? flipsByMarket(decision, isAnswer(accepted), what, market) : []),
  ];
  const headline = `${label} ${accepted ? 'accepts' : 'does not accept'} ${offerText(decision.game, note.outcome)}`;
  return { about: 'answer', party: note.by, headline, details, flips };
}

function whyOffered(
  decision: Decision,
  note: Extract<Note, { about: 'offer' }>,
  label: string,
  market: WhyOptions['market'],
): Why {
  const { game, view } = decision;
  const { utility, time, ...numbers } = note.numbers;
  const others = game.ids.flatMap((id, seat) =>
    seat === decision.seat
      ? []
      : [`${id} ${valueText(game.valuation(decision.state.world).utilities[seat][note.outcome])}`],
  );
  const at = view.firstAtLeast(utility);
  const below = at > 0 ? view.order[at - 1] : NONE;
  const considered = note.considered.filter(({ outcome }) => outcome !== note.outcome).slice(0, 4);
  const details = [
    `${note.because} (stance ${note.stance}, tactic ${note.tactic})`,
    `${note.target === undefined ? 'it aims at no utility of its own' : `it aims at ${valueText(note.target)}`}; this is worth ${valueText(utility)} to it${note.target === undefined ? '' : `, ${valueText(utility - note.target)} over the aim`}, at time ${valueText(time)}`,
    `to the others it is worth ${others.join(', ')} (they alone know)`,
    ...considered.map(
      (one) =>
        `it also weighed ${offerText(game, one.outcome)}: ${valueText(one.utility)}${one.liked === undefined ? '' : `, liked ${valueText(one.liked)}`}`,
    ),
    ...(below === NONE
      ? []
      : [`the next outcome down is worth ${valueText(view.utility(below))}: ${offerText(game, below)}`]),
    ...numbersText(numbers),
  ];
  const same = sameMove({ type: 'offer', outcome: note.outcome });
  const flips = [
    flipByRound(decision, same, 'moved otherwise'),
    ...(market ? flipsByMarket(decision, same, 'moved otherwise', market) : []),
  ];
  return {
    about: 'offer',
    party: note.by,
    headline: `${label} offers ${offerText(game, note.outcome)}`,
    details,
    flips,
  };
}

function whyEvent({ turn, game }: Frame, event: string): Why[] {
  const note = turn!.notes.map((placed) => placed.note).find((one) => one.about === 'event' && one.event === event);
  if (note?.about !== 'event') return [];
  const label = game.script[game.eventIndex(event)]?.label ?? event;
  return [
    { about: 'event', headline: `event: ${label}`, details: [note.because, ...numbersText(note.numbers)], flips: [] },
  ];
}

/** Whether what a stance heard belongs to a fact: the fact itself was heard, or is the change of stance it led to. */
function concerns(heard: Heard, fact: Fact): boolean {
  if (fact.type === 'stanceChanged') return heard.moved && heard.party === fact.party && heard.on === fact.on;
  return (
    heard.on === fact.type ||
    (fact.type === 'happened' && heard.on === 'shocked') ||
    (fact.type === 'signalled' && heard.on === fact.signal)
  );
}

function whyHeard(heard: Heard): Why {
  const { party, stance, on, moved, to, tried } = heard;
  const headline = moved
    ? to === undefined || to === stance
      ? `${party} stays in ${stance} on ${on}, and takes note of it`
      : `${party} goes from ${stance} to ${to} on ${on}`
    : `${party} stays in ${stance} on ${on}`;
  const details = tried.flatMap(({ guard, to, holds, saw }) => [
    `${guard === 'always' ? 'no guard' : guard}: ${holds ? 'holds' : 'does not hold'}${to === 'stay' ? '' : ` (would lead to ${to})`}`,
    ...saw.map((line) => `  ${line}`),
  ]);
  const chosen = tried.findIndex(({ holds }) => holds);
  const flips = tried.slice(0, chosen < 0 ? undefined : chosen + 1).flatMap((one) => one.flips.slice(0, 3));
  return { about: 'stance', party, headline, details, flips, heard: [heard] };
}

/** How many terms are told in words, the most moved first. */
const TOLD = 12;

function whyValue({ game }: Frame, bars: readonly BarMoved[]): Why {
  const most = [...bars].sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before)).slice(0, TOLD);
  const details = most.map(({ party, label, before, after }) => {
    const by = `${after > before ? '+' : ''}${valueText(after - before)}`;
    return `${party}: ${label} ${valueText(before)} -> ${valueText(after)} (${by})`;
  });
  if (bars.length > TOLD) details.push(`and ${bars.length - TOLD} terms that moved less`);
  return { about: 'value', headline: `what moved in value (${game.parts.unit})`, details, flips: [], bars };
}

const numbersText = (numbers: Readonly<Record<string, number>>): string[] => {
  const told = Object.entries(numbers).map(([name, value]) => `${name} ${valueText(value)}`);
  return told.length === 0 ? [] : [told.join(', ')];
};

/** What is to be said of facts that nobody decided. */
function ruleText(fact: Fact): string {
  if (fact.type === 'ended')
    return fact.end === 'agreement'
      ? 'all whose consent is needed agree to what stands'
      : fact.end === 'timedout'
        ? 'the deadline has passed'
        : 'those who are left can no longer agree';
  if (fact.type === 'deadlineNear') return 'the share of the time that counts as near the deadline is over';
  if ('event' in fact) return fact.event === 'edit' ? 'a person changed this' : `the event "${fact.event}" did this`;
  return 'the protocol has it so';
}

/** A why as lines of text. */
export function whyLines({ headline, details, flips }: Why): string[] {
  return [
    headline,
    ...details.map((line) => `  ${line}`),
    ...flips.map(({ text, found }) => `  ${found ? 'what if' : 'what if, no'}: ${text}`),
  ];
}
