/**
 * A comparison to be killed: plays the canal with a journal, says after each batch how many negotiations are safely kept, and writes its results at the end.
 * Arguments: scenario, journal, results, threads.
 */
import { readFileSync, writeSync } from 'node:fs';
import { writeWhole } from '../../src/cli/files.ts';
import { compare } from '../../src/comparison/compare.ts';
import { resultsFile } from '../../src/comparison/files.ts';
import { prepare } from '../../src/comparison/request.ts';

const [scenario, journal, out, workers] = process.argv.slice(2);
const prepared = prepare({
  scenarios: [{ name: 'canal.yaml', text: readFileSync(scenario, 'utf8') }],
  strategies: ['boulware,linear,conceder'],
  vary: ['parties.basel.reservation=2,4,6'],
  repetitions: 100,
});
const results = await compare(prepared, {
  workers: Number(workers),
  patience: Number(workers) > 1 ? -1 : 1e9,
  journal: { path: journal, resume: true },
  onProgress: (done) => void writeSync(1, `${done}\n`),
});
writeWhole(out, resultsFile('csv', results, prepared));
writeSync(1, 'written\n');
