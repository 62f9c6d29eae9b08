import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Debugger, Frame } from '../debugger/debugger.ts';
import { offerText } from '../debugger/fact_text.ts';
import { differences } from '../debugger/inspect.ts';
import { valueText } from '../debugger/logpoint.ts';
import type { Json } from '../domain/id.ts';
import { isEditable } from './edits.ts';

/** A line of the variables view: what it shows, and the path by which it can be evaluated, watched and changed. */
interface Entry {
  readonly name: string;
  readonly value: unknown;
  readonly path?: string;
  /** Shown instead of the value's own text. */
  readonly text?: string;
}

type Group = () => readonly Entry[];

/** The latest offers shown; earlier ones are a goto away. */
const OFFERS = 50;

/** What an editor can unfold at a stop. Groups are computed when they are unfolded; references stay good until the stop after next. */
export class Variables {
  readonly #debug: Debugger;
  #next = 1;
  #old = new Map<number, Group>();
  #held = new Map<number, Group>();

  constructor(debug: Debugger) {
    this.#debug = debug;
  }

  /** A new stop: what was shown two stops ago is forgotten. */
  renew(): void {
    this.#old = this.#held;
    this.#held = new Map();
  }

  /** The scopes of a frame; of a party's frame, that party first. `since` is the frame of the stop before. */
  scopes(frame: Frame, since: Frame | undefined, seat: number | undefined): DebugProtocol.Scope[] {
    const tree = this.#debug.tree(frame) as Readonly<Record<string, Json>>;
    const scope = (name: string, group: Group, expensive = false): DebugProtocol.Scope => ({
      name,
      variablesReference: this.#hold(group),
      expensive,
    });
    const { game, state } = frame;
    const parties = tree['parties'] as Readonly<Record<string, Json>>;
    const own =
      seat === undefined
        ? []
        : [scope(game.parties[seat].label, below(parties[game.ids[seat]], `parties.${game.ids[seat]}`))];
    const { agreement, round, turn, time, rounds, end, table, protocol, deadline_near } = tree;
    return [
      ...own,
      scope('Parties', () => below(parties, 'parties')().map((entry) => ({ ...entry, text: partyText(entry.value) }))),
      scope('Offers', () => offers(frame)),
      scope('Table', () => [
        ...below({ ...(table as object) } as Json, 'table')(),
        ...below({ round, turn, time, rounds, end, agreement, protocol, deadline_near } as Json, '')(),
        { name: 'seed', value: game.parts.seed, path: 'seed' },
      ]),
      scope('Market', () => [
        ...below(tree['market'], 'market')(),
        // How many times each value term counts.
        ...game.parts.appraiser.parties.flatMap(({ id, terms }) =>
          terms.map((term) => ({
            name: `${id}.${term.id}`,
            value: state.world.terms[`${id}.${term.id}`] ?? 1,
            path: `terms.${id}.${term.id}`,
          })),
        ),
        ...below(tree['fired'], 'fired')().map((entry) => ({ ...entry, name: `fired.${entry.name}` })),
      ]),
      scope('Changed by this step', () => changed(since === undefined ? tree : this.#debug.tree(since), tree), true),
    ];
  }

  /** The lines of a reference; undefined when it is of a stop long gone. */
  read(reference: number): DebugProtocol.Variable[] | undefined {
    return this.#group(reference)?.().map((entry) => this.#shown(entry));
  }

  /** The path of a line of a reference. */
  pathOf(reference: number, name: string): string | undefined {
    return this.#group(reference)?.().find((entry) => entry.name === name)?.path;
  }

  /** A value and, where it can be unfolded, a reference to what is inside. */
  show(value: unknown, path?: string): { text: string; variablesReference: number } {
    const inside = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
    return {
      text: briefly(value),
      variablesReference: inside ? this.#hold(below(value as Json, path)) : 0,
    };
  }

  #shown({ name, value, path, text }: Entry): DebugProtocol.Variable {
    const shown = this.show(value, path);
    return {
      name,
      value: text ?? shown.text,
      type: value === null ? 'nothing' : Array.isArray(value) ? 'list' : typeof value,
      variablesReference: shown.variablesReference,
      ...(path !== undefined && { evaluateName: path }),
      presentationHint: { attributes: isEditable(path) ? [] : ['readOnly'] },
    };
  }

  #hold(group: Group): number {
    const reference = this.#next++;
    this.#held.set(reference, group);
    return reference;
  }

  #group(reference: number): Group | undefined {
    return this.#held.get(reference) ?? this.#old.get(reference);
  }
}

/** The members of a value. Only names that an evaluated path can step through get one. */
const below =
  (value: Json | undefined, path?: string): Group =>
  () =>
    Object.entries((value ?? {}) as Readonly<Record<string, Json>>).map(([name, inner]) => ({
      name,
      value: inner,
      ...(path !== undefined && /^\w+$/.test(name) && { path: path === '' ? name : `${path}.${name}` }),
    }));

function partyText(value: unknown): string {
  const { stance, utility, here } = value as { stance: string; utility: number; here: boolean };
  return `${stance}, utility ${valueText(utility)}${here ? '' : ', has left'}`;
}

/** What was offered so far, the latest first, with what it is worth to each. */
function offers({ branch, position, game, state }: Frame): Entry[] {
  const { recording } = branch;
  const found: Entry[] = [];
  for (let p = position; p > 0 && found.length < OFFERS; p--) {
    const fact = recording.fact(p);
    if (fact?.type !== 'offered' && fact?.type !== 'tabled') continue;
    const { outcome } = fact;
    const { utilities } = game.valuation(state.world);
    const worth = Object.fromEntries(game.ids.map((id, seat) => [id, utilities[seat][outcome]]));
    found.push({
      name: recording.addressText(p),
      value: { offer: game.space.values(outcome), utilities: worth },
      text: `${fact.type === 'offered' ? fact.by : 'mediator'}: ${offerText(game, outcome)}`,
    });
  }
  return found;
}

function changed(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): Entry[] {
  return differences(before as never, after as never).map((difference) => ({
    name: difference.path,
    value: { before: difference.before, after: difference.after },
    path: difference.path,
    text: `${briefly(difference.before)} -> ${briefly(difference.after)}`,
  }));
}

/** A value in a line. */
export function briefly(value: unknown): string {
  const text =
    typeof value === 'number' || value === undefined
      ? valueText(value)
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
