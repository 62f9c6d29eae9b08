import { condition } from '../expression/index.ts';
import type { ExprValue } from '../expression/vocabulary.ts';
import type { Scenario } from '../scenario/load.ts';
import { constraintVocabulary } from '../session/vocabulary.ts';
import type { VentureTermSpec } from '../value/venture/schema.ts';
import { makeVenture, type Venture } from '../value/venture/venture.ts';
import type { Place } from './ground.ts';
import { ComparisonRefusal } from './refusal.ts';
import type { Measure } from './sweep_file.ts';
import { valueAt, type Worth, worthOf } from './zone.ts';

/** Measures one quantity at a place. Ties among outcomes go to the lowest index. Never leaving is Infinity. */
export function quantityAt(place: Place, measure: Measure): ExprValue {
  const { game, world } = place;
  const worth = worthOf(game, world);
  const seats = (measure.of ?? game.ids).map((party) => seatOf(place, party));
  const by = measure.by === undefined ? -1 : seatOf(place, measure.by);
  switch (measure.quantity) {
    case 'reservation':
      return worth[need(by, measure)].reservation;
    case 'worth':
      return valueAt(worth[need(by, measure)], outcomeAt(place, measure));
    case 'leave.month':
      return leaveMonth(place, need(by, measure), outcomeAt(place, measure));
    case 'zone.size':
    case 'zone.share':
    case 'zone.slack': {
      const zone = zoneAmong(place, worth, seats, measure);
      if (measure.quantity === 'zone.slack') return zone.slack;
      return measure.quantity === 'zone.size' ? zone.size : zone.of === 0 ? 0 : zone.size / zone.of;
    }
    case 'joint.gain':
    case 'joint.value':
    case 'joint.issue': {
      const { outcome, most } = bestOf(place, worth, seats, measure);
      if (measure.quantity === 'joint.issue') return issueOf(place, outcome, measure);
      if (measure.quantity === 'joint.value') return valueAt(worth[need(by, measure)], outcome);
      return most - seats.reduce((sum, seat) => sum + worth[seat].reservation, 0);
    }
    case 'best.issue':
    case 'best.value': {
      const { outcome, most } = bestOf(place, worth, [need(by, measure)], measure);
      return measure.quantity === 'best.issue' ? issueOf(place, outcome, measure) : most;
    }
    default:
      return measure.quantity satisfies never;
  }
}

function seatOf({ game }: Place, party: string): number {
  const seat = game.seatOf(party);
  if (seat < 0) throw new ComparisonRefusal(`there is no party "${party}"`, `parties: ${game.ids.join(', ')}`);
  return seat;
}

function need(by: number, { quantity }: Measure): number {
  if (by < 0) throw new ComparisonRefusal(`the quantity "${quantity}" needs "by", a party`);
  return by;
}

function outcomeAt({ game }: Place, { at, quantity }: Measure): number {
  if (at === undefined) throw new ComparisonRefusal(`the quantity "${quantity}" needs "at", an outcome`);
  const found = game.space.find(at);
  if (typeof found !== 'number')
    throw new ComparisonRefusal(
      `"at" is no outcome: see ${found.wrong.join(', ')}`,
      'give every issue one of its values',
    );
  if (!game.space.isAllowed(found))
    throw new ComparisonRefusal('a constraint of the scenario forbids the outcome "at"');
  return found;
}

/** Which outcomes a measure looks at. */
function filterOf({ game }: Place, { given }: Measure): ((outcome: number) => boolean) | undefined {
  if (given === undefined) return undefined;
  const compiled = condition(given, constraintVocabulary({ issues: game.space.issues }));
  if (!compiled.ok)
    throw new ComparisonRefusal(`given "${given}": ${compiled.problems[0].message}`, compiled.problems[0].hint);
  return (outcome) => compiled.expression.holds(game.space.decode(outcome));
}

function bestOf(place: Place, worth: readonly Worth[], seats: readonly number[], measure: Measure) {
  const keep = filterOf(place, measure);
  let outcome = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (const o of place.game.space.allowed) {
    let sum = 0;
    for (const seat of seats) sum += worth[seat].low + worth[seat].utilities[o] * worth[seat].width;
    // The filter decodes the outcome, so it is asked last.
    if (sum > most && (keep === undefined || keep(o))) {
      most = sum;
      outcome = o;
    }
  }
  if (outcome < 0) throw new ComparisonRefusal(`given "${measure.given}": no outcome is like that`);
  return { outcome, most };
}

function zoneAmong(place: Place, worth: readonly Worth[], seats: readonly number[], measure: Measure) {
  const keep = filterOf(place, measure);
  let size = 0;
  let of = 0;
  let slack = Number.NEGATIVE_INFINITY;
  const counted = measure.quantity === 'zone.share';
  for (const o of place.game.space.allowed) {
    let worst = Number.POSITIVE_INFINITY;
    for (const seat of seats) worst = Math.min(worst, valueAt(worth[seat], o) - worth[seat].reservation);
    // The filter decodes the outcome, so it is asked only where the answer can matter.
    if (!counted && worst < 0 && worst <= slack) continue;
    if (keep !== undefined && !keep(o)) continue;
    of++;
    if (worst >= 0) size++;
    if (worst > slack) slack = worst;
  }
  return { size, of, slack };
}

function issueOf({ game }: Place, outcome: number, { issue, quantity }: Measure): ExprValue {
  const { names } = constraintVocabulary({ issues: game.space.issues });
  const name = issue === undefined ? undefined : names[issue];
  if (name === undefined)
    throw new ComparisonRefusal(
      `the quantity "${quantity}" needs "issue", ${issue === undefined ? 'a name' : `and there is no "${issue}"`}`,
      `issues: ${Object.keys(names).join(', ')}`,
    );
  return name.read(game.space.decode(outcome));
}

function leaveMonth({ scenario, game, world }: Place, seat: number, outcome: number): number {
  const venture = ventureOf(scenario);
  const terms = venture.reader.terms(game.space.decode(outcome));
  return venture.model(world).leave(terms)[seat].firstMonth ?? Number.POSITIVE_INFINITY;
}

const ventures = new WeakMap<Scenario, Venture>();

/** The venture of a scenario, made once: asking it again at the same market costs nothing. */
function ventureOf(scenario: Scenario): Venture {
  const known = ventures.get(scenario);
  if (known) return known;
  const { spec, stage } = scenario;
  if (spec.venture === undefined)
    throw new ComparisonRefusal('the scenario has no mining venture, so there is no pact to leave');
  const ids = spec.parties.map(({ id }) => id);
  const made = makeVenture(spec.venture, stage.space.issues, ids, spec.market);
  if (!made.ok) throw new ComparisonRefusal(made.flaws.map(({ message }) => message).join('; '));
  for (const [seat, party] of spec.parties.entries())
    for (const term of party.terms)
      if (term.kind === 'venture') made.made.join(seat, term as unknown as VentureTermSpec);
  ventures.set(scenario, made.made);
  return made.made;
}
