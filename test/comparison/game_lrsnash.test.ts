import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { extremeEquilibria } from '../../src/comparison/game/extreme_equilibria.ts';
import { bimatrix } from '../../src/comparison/game/game.ts';
import { rationalText } from '../../src/comparison/game/rational.ts';
import { below } from '../../src/comparison/statistics/uniform.ts';

const installed = !spawnSync('lrsnash', ['-h']).error;
if (!installed) console.warn('lrsnash is not installed (Debian package lrslib): the comparison with it is skipped');

const GAMES = 200;

describe('lrsnash, an independent exact solver (Avis, Rosenberg, Savani & von Stengel 2010)', () => {
  test.skipIf(!installed)(
    `finds the same extreme equilibria in ${GAMES} random games, a third of them full of ties`,
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'lrsnash-'));
      try {
        let equilibria = 0;
        let degenerate = 0;
        for (let k = 0; k < GAMES; k++) {
          const m = 1 + below(5, 7, k, 0);
          const n = 1 + below(5, 7, k, 1);
          const width = k % 3 === 0 ? 3 : 1000;
          const table = (side: number) =>
            Array.from({ length: m }, (_, i) =>
              Array.from({ length: n }, (_, j) => below(width, 7, k, 2 + side, i * n + j) - 1),
            );
          const a = table(0);
          const b = table(1);
          const file = join(folder, `game${k}`);
          const rows = (matrix: number[][]) => matrix.map((row) => row.join(' ')).join('\n');
          writeFileSync(file, `${m} ${n}\n\n${rows(a)}\n\n${rows(b)}\n`);
          const theirs = parse(spawnSync('lrsnash', [file], { encoding: 'utf8' }).stdout, m, n);
          const ours = extremeEquilibria(bimatrix(a, b));
          const found = (ours?.equilibria ?? []).map(
            (e) =>
              `${e.exact.map((side) => side.map(rationalText).join(' ')).join(' | ')} : ${e.exactPayoffs.map(rationalText).join(' ')}`,
          );
          expect(found.sort(), `game ${k}: ${JSON.stringify([a, b])}`).toEqual(theirs);
          equilibria += found.length;
          if (ours?.degenerate) degenerate++;
        }
        expect(equilibria).toBeGreaterThan(GAMES);
        expect(degenerate).toBeGreaterThan(20);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});

/** Blocks of lines "2 y... payoff of player 1" followed by the "1 x... payoff of player 2" that go with them. */
const parse = (output: string, m: number, n: number): string[] => {
  const found = new Set<string>();
  let columns: string[][] = [];
  for (const line of output.split('\n')) {
    const words = line.trim().split(/\s+/);
    if (words[0] === '2' && words.length === n + 2) columns.push(words.slice(1));
    else if (words[0] === '1' && words.length === m + 2) {
      for (const y of columns) {
        found.add(`${words.slice(1, m + 1).join(' ')} | ${y.slice(0, n).join(' ')} : ${y[n]} ${words[m + 1]}`);
      }
    } else if (line.trim() === '') columns = [];
  }
  return [...found].sort();
};
