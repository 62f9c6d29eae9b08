import { STRATEGIES } from '../../catalog.ts';
import { suggest } from '../../expression/index.ts';
import { mermaid } from '../../session/mermaid.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { table } from '../render/table.ts';

/** `hashpact stance`: the library of strategies, or one machine drawn as Mermaid text. */
export function stance([name]: readonly string[], given: Readonly<Record<string, unknown>>, console: Console): number {
  if (name === undefined) {
    const kinds = [...STRATEGIES.values()].filter((kind) => !kind.name.includes(':'));
    if (given['json'])
      console.out(
        JSON.stringify(
          kinds.map(({ name, summary, source, example }) => ({ name, summary, source, example })),
          null,
          2,
        ),
      );
    else
      console.out(
        table(
          [{ title: 'strategy' }, { title: 'what it does' }],
          kinds.map((kind) => [kind.name, kind.summary]),
          console.paint,
          '',
        ),
      );
    return EXIT.done;
  }
  const kind = STRATEGIES.get(name);
  if (kind === undefined) {
    const near = suggest(name, STRATEGIES.keys());
    throw new Refusal(
      `there is no strategy "${name}"`,
      near ? `did you mean "${near}"?` : 'hashpact stance lists them all',
    );
  }
  const made = kind.make(kind.params.parse({}));
  if (given['json'])
    console.out(JSON.stringify({ name, summary: kind.summary, source: kind.source, ...made }, null, 2));
  else console.out(`%% ${kind.name}: ${kind.summary}\n%% source: ${kind.source}\n${mermaid(made.chart)}`);
  return EXIT.done;
}
