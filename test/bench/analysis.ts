/**
 * How long the analysis of large spaces takes: `node --import tsx/esm test/bench/analysis.ts`.
 * Bars: 188,160 x 2 under 0.5 s, 1,000,000 x 3 under 5 s (frontier and all solutions).
 */
import { analyze } from '../../src/analysis/analyze.ts';
import { finiteHorizonEquilibrium } from '../../src/analysis/finite_horizon_equilibrium.ts';
import { integrativePotential } from '../../src/analysis/integrative_potential.ts';
import type { UtilitySpace } from '../../src/analysis/utility_space.ts';

interface Row {
  readonly name: string;
  readonly bar: string;
  readonly run: () => string;
}

/** Additive utilities over issues, with integer-hash weights: reproducible, no generator state. */
function additive(sizes: readonly number[], parties: number, reservation: number): UtilitySpace {
  const hash = (a: number, b: number, c: number) => {
    let h = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 7, 0x85ebca6b) ^ Math.imul(c + 13, 0xc2b2ae35);
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    return ((h ^ (h >>> 13)) >>> 0) / 4294967296;
  };
  const utilities = Array.from({ length: parties }, (_, i) => {
    const weights = sizes.map((_, k) => 0.1 + hash(i, k, 99));
    const total = weights.reduce((a, b) => a + b, 0);
    let sums = Float64Array.of(0);
    sizes.forEach((size, k) => {
      const next = new Float64Array(sums.length * size);
      for (let o = 0; o < sums.length; o++) {
        for (let v = 0; v < size; v++) next[o * size + v] = sums[o] + (weights[k] / total) * hash(i, k, v);
      }
      sums = next;
    });
    return sums;
  });
  const outcomes = Int32Array.from(utilities[0], (_, k) => k);
  return {
    parties: utilities.map((_, i) => `party_${i}`),
    utilities,
    outcomes,
    reservation: utilities.map(() => reservation),
  };
}

/** Every division of a pie in `pieces` among three: all outcomes are on the frontier, the worst case of the sweep. */
function pie(pieces: number): UtilitySpace {
  const shares: number[][] = [];
  for (let a = 0; a <= pieces; a++) for (let b = 0; a + b <= pieces; b++) shares.push([a, b, pieces - a - b]);
  const utilities = [0, 1, 2].map((i) => Float64Array.from(shares, (s) => s[i] / pieces));
  const outcomes = Int32Array.from(shares, (_, k) => k);
  return { parties: ['a', 'b', 'c'], utilities, outcomes, reservation: [0, 0, 0] };
}

const two = additive([8, 7, 6, 8, 7, 10], 2, 0.3);
const three = additive([10, 10, 10, 10, 10, 10], 3, 0.3);
const four = additive([10, 10, 10, 10, 10], 4, 0.3);
const sizes = [10, 10, 10, 10, 7, 10];
const flagship = additive(sizes, 3, 0.3);
const division = pie(1000);
const dimes = { discounts: [0.9, 0.9, 0.9], rounds: 30 };

const rows: Row[] = [
  { name: '188,160 x 2 analysed', bar: '0.5 s', run: () => `frontier ${analyze(two).pareto.size}` },
  { name: '1,000,000 x 3 analysed', bar: '5 s', run: () => `frontier ${analyze(three).pareto.size}` },
  { name: '100,000 x 4 analysed', bar: '', run: () => `frontier ${analyze(four).pareto.size}` },
  {
    name: '501,501 x 3 analysed, all on the frontier',
    bar: '',
    run: () => `frontier ${analyze(division).pareto.size}`,
  },
  {
    name: '501,501 x 3, equilibrium over 30 turns',
    bar: '',
    run: () =>
      finiteHorizonEquilibrium(division, dimes)
        .value.map((v) => v.toFixed(4))
        .join(' '),
  },
  {
    name: '700,000 x 3, trades of 15 issue pairs',
    bar: 'seconds',
    run: () => integrativePotential(flagship, sizes).completeness,
  },
];

const table: { [name: string]: unknown }[] = [];
for (const { name, bar, run } of rows) {
  const times: number[] = [];
  let said = '';
  for (let k = 0; k < 3; k++) {
    const began = performance.now();
    said = run();
    times.push(performance.now() - began);
  }
  const milliseconds = times.map((t) => Math.round(t));
  table.push({ what: name, bar, 'first ms': milliseconds[0], 'best ms': Math.min(...milliseconds), result: said });
}
console.table(table);
