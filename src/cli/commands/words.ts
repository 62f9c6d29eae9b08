import { describe } from '../../expression/index.ts';
import { expectVocabulary } from '../../scenario/expect.ts';
import { stanceVocabulary } from '../../session/vocabulary.ts';
import { type Console, EXIT } from '../console.ts';
import { table } from '../render/table.ts';
import { openScenario } from '../scenarios.ts';

const EMPTY = { issues: [], strides: [], parties: [], market: [], events: [] };

/** `hashpact words`: the vocabulary of guards (a party's view) and of events, expectations, breakpoints and watches (the world). */
export async function words(
  [path]: readonly string[],
  given: Readonly<Record<string, unknown>>,
  console: Console,
): Promise<number> {
  const shape = path === undefined ? EMPTY : (await openScenario(path, {}, console)).stage.shape;
  const view = describe(stanceVocabulary(shape));
  const world = describe(expectVocabulary(shape));
  if (given['json']) console.out(JSON.stringify({ view, world }, null, 2));
  else {
    const columns = [{ title: 'name' }, { title: 'kind' }, { title: 'unit' }, { title: 'meaning' }];
    const rows = (list: typeof view) => list.map(({ name, kind, unit, doc }) => [name, kind, unit ?? '', doc]);
    console.out(
      `${console.paint.bold('A party’s view: guards of stance machines')}\n${table(columns, rows(view), console.paint, '  ', console.width)}`,
    );
    console.out(
      `\n${console.paint.bold('The world: events, expectations, breakpoints, watches')}\n${table(columns, rows(world), console.paint, '  ', console.width)}`,
    );
  }
  return EXIT.done;
}
