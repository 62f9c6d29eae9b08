import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { compare } from '../../src/comparison/compare.ts';
import { resultsFile } from '../../src/comparison/files.ts';
import { openRow, readRow } from '../../src/comparison/open_row.ts';
import { prepare } from '../../src/comparison/request.ts';
import { columnsOf, columnWords } from '../../src/comparison/rows.ts';
import { playOut } from '../../src/executors/batch.ts';
import { canal, canalPlan, folder } from './canal.ts';

const wishes = { strategies: ['basel=linear,own', 'cologne=boulware'], vary: ['market.toll=20,40'], repetitions: 3 };

describe('a results file', () => {
  test.each(['parquet', 'csv', 'jsonl'] as const)(
    '%s: every row opens as the negotiation it tells of',
    async (kind) => {
      const prepared = canalPlan(wishes);
      const results = await compare(prepared, { workers: 1 });
      const path = join(folder(), `r.${kind}`);
      writeFileSync(path, resultsFile(kind, results, prepared));
      for (const job of [0, 4, results.schedule.size - 1]) {
        const { game, row, reference } = await openRow(path, job);
        const played = playOut(game);
        expect(played.end).toBe(row['end']);
        expect(played.round).toBe(Number(row['round']));
        expect(played.agreement).toBe(results.agreement(job));
        expect(reference.set).toEqual(prepared.schedule.cases[prepared.schedule.job(job).case].set);
        expect(game.players.map((player) => player.name)).toEqual(
          prepared.schedule
            .names(prepared.schedule.job(job).seating)
            .map((name, seat) => (name === 'own' ? prepared.scenarios[0].stage.players[seat].name : name)),
        );
      }
      await expect(openRow(path, 9999)).rejects.toThrow(/no negotiation 9999/);
    },
  );

  test('holds the same rows in all three formats, under documented names', async () => {
    const prepared = canalPlan(wishes);
    const results = await compare(prepared, { workers: 1 });
    const columns = columnsOf(results, prepared);
    for (const { doc } of columns) expect(doc.length).toBeGreaterThan(10);
    const told = columnWords().flatMap(({ name }) =>
      name.endsWith('PARTY') ? ['arnhem', 'basel', 'cologne'].map((id) => name.replace('PARTY', id)) : [name],
    );
    expect(columns.map(({ name }) => name).toSorted()).toEqual(told.toSorted());
    const parquet = resultsFile('parquet', results, prepared);
    const file = parquet.buffer.slice(parquet.byteOffset, parquet.byteOffset + parquet.byteLength) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    const lines = Buffer.from(resultsFile('jsonl', results, prepared))
      .toString()
      .trimEnd()
      .split('\n');
    expect(rows).toHaveLength(results.schedule.size);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
    const path = join(folder(), 'r.csv');
    writeFileSync(path, resultsFile('csv', results, prepared));
    for (const job of [1, 7]) {
      const { row } = await readRow(path, job);
      for (const { name, type } of columns) {
        const value = rows[job][name] as unknown;
        if (type === 'JSON') expect(row[name]).toEqual(value);
        else expect(row[name]).toBe(value === null ? '' : String(value));
      }
    }
  });

  test('a Parquet file brings its scenario along, the others say when theirs has changed or gone', async () => {
    const home = folder();
    const prepared = prepare({ scenarios: [{ name: 'elsewhere/canal.yaml', text: canal.text }] });
    const results = await compare(prepared, { workers: 1 });
    for (const kind of ['parquet', 'csv'] as const)
      writeFileSync(join(home, `r.${kind}`), resultsFile(kind, results, prepared));
    expect((await openRow(join(home, 'r.parquet'), 0)).game.ids).toEqual(['arnhem', 'basel', 'cologne']);
    await expect(openRow(join(home, 'r.csv'), 0)).rejects.toThrow(/not to be found/);
    const near = prepare({ scenarios: [{ name: 'canal.yaml', text: canal.text }] });
    writeFileSync(join(home, 'n.csv'), resultsFile('csv', await compare(near, { workers: 1 }), near));
    writeFileSync(join(home, 'canal.yaml'), canal.text);
    expect((await openRow(join(home, 'n.csv'), 0)).game.ids).toHaveLength(3);
    writeFileSync(join(home, 'canal.yaml'), canal.text.replace('reservation: 4', 'reservation: 5'));
    await expect(openRow(join(home, 'n.csv'), 0)).rejects.toThrow(/no longer the scenario/);
  });

  test('what is no results file is refused in a sentence', async () => {
    const home = folder();
    writeFileSync(join(home, 'r.parquet'), 'PAR1 not really');
    await expect(openRow(join(home, 'r.parquet'), 0)).rejects.toThrow(/cannot be read as Parquet/);
    await expect(openRow(join(home, 'gone.csv'), 0)).rejects.toThrow(/no such file/);
    await expect(openRow(join(home, 'r.xlsx'), 0)).rejects.toThrow(/Parquet, CSV or JSON Lines/);
  });
});
