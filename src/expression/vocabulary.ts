/** What an expression may speak of. Whoever asks a question (a guard, a constraint, a watch) supplies the vocabulary and the environment. */

export type ExprKind = 'number' | 'boolean' | 'string';
export type ExprValue = number | boolean | string;

export interface Name<E> {
  readonly kind: ExprKind;
  /** Pure, of the declared kind, and free of `this`: it is called as a bare function. */
  read(env: E): ExprValue;
  readonly doc: string;
  readonly unit?: string;
  /** For strings: the values it may take, so that a comparison with a typo is refused with "did you mean". */
  readonly options?: readonly string[];
  /** For numbers that are one of a few: the values it may take, for the same end. */
  readonly levels?: readonly number[];
  /** What `read` depends on, one bit for each input of the environment as its owner numbers them; absent where it may change at any time. */
  readonly inputs?: number;
}

/**
 * Several members asked at once: `others.max(concession)`. Inside the parentheses a name is the member's if a member has it, otherwise the
 * outer vocabulary's. Groups do not nest, so an expression costs at most its size times the members.
 */
export interface Group<E, M> {
  readonly doc: string;
  size(env: E): number;
  member(env: E, index: number): M;
  /** All of them in one list, where there is one at hand: it spares a call for each. */
  members?(env: E): readonly M[];
  readonly names: Readonly<Record<string, Name<M>>>;
  /** How an explanation calls a member; `#1`, `#2` ... where absent. */
  label?(env: E, index: number): string;
  /** What it depends on who the members are; absent where that may change at any time. */
  readonly inputs?: number;
}

export interface Vocabulary<E> {
  /** Flat dotted paths: `time`, `standing.utility`, `offer.stakes.russia`. */
  readonly names: Readonly<Record<string, Name<E>>>;
  readonly groups?: Readonly<Record<string, Group<E, unknown>>>;
}

/** What can be asked of a group. Of no members: max -Infinity, min Infinity, sum 0, mean NaN, count 0, any false, all true. */
export const VERBS = {
  max: { takes: 'number', gives: 'number' },
  min: { takes: 'number', gives: 'number' },
  sum: { takes: 'number', gives: 'number' },
  mean: { takes: 'number', gives: 'number' },
  count: { takes: 'boolean', gives: 'number' },
  any: { takes: 'boolean', gives: 'boolean' },
  all: { takes: 'boolean', gives: 'boolean' },
} as const satisfies Record<string, { takes: ExprKind; gives: ExprKind }>;

export type Verb = keyof typeof VERBS;

export interface VocabularyRow {
  name: string;
  kind: ExprKind | 'group';
  unit?: string;
  doc: string;
  options?: readonly string[];
}

/** The vocabulary as rows of a table, for the documentation; a member's name reads `others.*(concession)`, where `*` is any verb. */
export function describe<E>(vocabulary: Vocabulary<E>): VocabularyRow[] {
  const rows = Object.entries(vocabulary.names).map(([name, entry]) => row(name, entry));
  for (const [group, entry] of Object.entries(vocabulary.groups ?? {})) {
    rows.push({ name: group, kind: 'group', doc: entry.doc });
    for (const [name, member] of Object.entries(entry.names)) rows.push(row(`${group}.*(${name})`, member));
  }
  return rows;
}

function row<E>(name: string, { kind, unit, doc, options }: Name<E>): VocabularyRow {
  return { name, kind, doc, ...(unit === undefined ? {} : { unit }), ...(options === undefined ? {} : { options }) };
}
