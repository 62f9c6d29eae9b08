import type { Group, Name, Vocabulary } from '../../src/expression/index.ts';

/** A table of three parties as one of them sees it: the fixture of this room's tests. */
export interface Member {
  id: string;
  concession: number;
  time: number;
}
export interface Table {
  time: number;
  round: number;
  utility: number;
  stands: boolean;
  stance: string;
  others: Member[];
}

const number = <E>(read: (env: E) => number, unit?: string): Name<E> => ({
  kind: 'number',
  read,
  doc: 'a number',
  unit,
});

const others: Group<Table, Member> = {
  doc: 'the other parties',
  size: (env) => env.others.length,
  member: (env, index) => env.others[index],
  label: (env, index) => env.others[index].id,
  names: {
    concession: number<Member>((member) => member.concession),
    time: number<Member>((member) => member.time),
    id: { kind: 'string', read: (member) => member.id, doc: 'who', options: ['russia', 'ukraine', 'united_states'] },
  },
};

export const vocabulary: Vocabulary<Table> = {
  names: {
    time: number<Table>((env) => env.time, 'share of the deadline'),
    round: number<Table>((env) => env.round),
    'standing.utility': number<Table>((env) => env.utility),
    'standing.exists': { kind: 'boolean', read: (env) => env.stands, doc: 'whether an offer stands' },
    stance: {
      kind: 'string',
      read: (env) => env.stance,
      doc: 'own stance',
      options: ['anchoring', 'probing', 'closing'],
    },
    mood: { kind: 'string', read: (env) => env.stance, doc: 'free text' },
  },
  groups: { others },
};

export const table: Table = {
  time: 0.9,
  round: 18,
  utility: 0.4,
  stands: true,
  stance: 'probing',
  others: [
    { id: 'russia', concession: 0.01, time: 1 },
    { id: 'ukraine', concession: 0.05, time: 2 },
    { id: 'united_states', concession: 0.03, time: 3 },
  ],
};
