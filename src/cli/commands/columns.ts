import { columnWords } from '../../comparison/rows.ts';
import { type Console, EXIT } from '../console.ts';
import { table } from '../render/table.ts';
import { widthOf } from '../render/width.ts';
import { paragraphs } from '../render/wrap.ts';

const NOTES = [
  'PARTY stands for each party’s id; for seat_1, seat_2 ... where the scenarios seat different parties.',
  'Talks that failed have the utilities and values of having no deal, or of its worst outcome for a party that would sign anything, and no distances.',
  'seed and repetition together are the luck of a row: every combination of strategies and every variation meets the same.',
  'A Parquet file brings the text of its scenarios along, so its rows reopen anywhere; CSV and JSON Lines need the scenario file where `file` says, unchanged.',
];

/** `hashpact compare --columns`: what the columns of a results file mean. */
export function columns(json: boolean, { out, paint, width }: Console): number {
  const words = columnWords();
  if (json) out(JSON.stringify(words, null, 2));
  else {
    const heads = [{ title: 'column' }, { title: 'type' }, { title: 'unit' }, { title: 'meaning' }];
    const [names, types, units] = [
      words.map(({ name }) => name),
      words.map(({ type }) => type),
      words.map(({ unit }) => unit),
    ];
    const left = [names, types, units].reduce((sum, cells) => sum + Math.max(...cells.map(widthOf)) + 2, 2);
    const rows = words.flatMap(({ name, type, unit, doc }) => {
      const [first, ...more] = paragraphs(doc, Math.max(30, width - left)).split('\n');
      return [[name, type, unit, first], ...more.map((line) => ['', '', '', line])];
    });
    out(`${table(heads, rows, paint)}\n\n${NOTES.map((note) => paragraphs(`  ${note}`, width)).join('\n')}`);
  }
  return EXIT.done;
}
