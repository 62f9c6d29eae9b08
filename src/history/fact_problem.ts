import { z } from 'zod';
import type { Game } from '../session/game.ts';

const party = z.string();
const figure = z.number();
const outcome = z.number().int();
const event = z.string();
const says = z.string().optional();
const values = z.record(z.string(), z.union([z.string(), z.number()])).optional();
const stance = z.strictObject({
  value: z.json(),
  context: z.record(z.string(), z.json()),
  historyValue: z.json().optional(),
});

/** Every fact as a recording holds it. */
const fact = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('roundBegan'), round: z.number().int() }),
  z.strictObject({ type: z.literal('turnBegan'), turn: z.number().int() }),
  z.strictObject({ type: z.literal('deadlineNear') }),
  z.strictObject({ type: z.literal('offered'), by: party, outcome, says, values }),
  z.strictObject({ type: z.literal('accepted'), by: party, outcome, says, values }),
  z.strictObject({ type: z.literal('rejected'), by: party, outcome, values }),
  z.strictObject({ type: z.literal('passed'), by: party, says }),
  z.strictObject({ type: z.literal('walked'), by: party, why: z.string() }),
  z.strictObject({ type: z.literal('refused'), by: party, move: z.json(), why: z.string() }),
  z.strictObject({
    type: z.literal('stanceChanged'),
    party,
    from: z.string(),
    to: z.string(),
    on: z.string(),
    guard: z.string().optional(),
    stance,
  }),
  z.strictObject({ type: z.literal('happened'), event }),
  z.strictObject({ type: z.literal('signalled'), event, signal: z.string(), to: party.optional() }),
  z.strictObject({ type: z.literal('tabled'), event, outcome, values }),
  z.strictObject({ type: z.literal('marketMoved'), event, name: z.string(), from: figure, to: figure }),
  z.strictObject({ type: z.literal('termMoved'), event, party, term: z.string(), from: figure, to: figure }),
  z.strictObject({ type: z.literal('reservationMoved'), event, party, from: figure.nullable(), to: figure }),
  z.strictObject({ type: z.literal('deadlineMoved'), event, from: figure, to: figure }),
  z.strictObject({
    type: z.literal('ended'),
    end: z.enum(['agreement', 'timedout', 'broken']),
    outcome: outcome.nullable(),
    values,
  }),
]);

/** Why something read from a file is no fact of a game; undefined when it is. The values beside an outcome must be that outcome's. */
export function factProblem(given: unknown, game: Game): string | undefined {
  const read = fact.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `this is no fact: ${issue.path.join('.') || 'it'} ${issue.message.toLowerCase()}`;
  }
  const known = read.data;
  for (const id of ['by' in known ? known.by : undefined, 'party' in known ? known.party : undefined]) {
    if (id !== undefined && !game.isSeat(id)) return `there is no party "${id}"`;
  }
  if (known.type === 'stanceChanged') {
    const player = game.players[game.seatOf(known.party)];
    if (known.on !== 'edit' && !player.postures.has(known.to)) return `${known.party} has no stance "${known.to}"`;
  }
  if (!('outcome' in known) || known.outcome === null) return undefined;
  if (!game.space.isAllowed(known.outcome)) return `there is no outcome ${known.outcome}`;
  if (known.values === undefined) return undefined;
  const real = game.space.values(known.outcome);
  const odd = Object.keys({ ...real, ...known.values }).find((id) => real[id] !== known.values?.[id]);
  return odd === undefined
    ? undefined
    : `outcome ${known.outcome} has ${odd} ${real[odd]}, not ${known.values[odd]}: the line was edited`;
}
