/**
 * How fast the flagship is valued: `node --import tsx/esm test/bench/mining.ts`. Time as a user waits for it, and the best of three falls of the price.
 * Bars on a quiet machine: compiled in 3 s and 500 MB; a price that falls by 20 % revalued and re-sorted for every party in 1 s; all outcomes and parties on
 * 2,000 paths in 5 s and 1 GB; 20,000 paths of 20 years by month in 2 s.
 */
import { readFileSync } from 'node:fs';
import { samplePaths } from '../../src/mining/paths/sample.ts';
import { loadScenario } from '../../src/scenario/load.ts';

const file = new URL('../../scenarios/zaporizhzhia.yaml', import.meta.url);
const text = readFileSync(file, 'utf8');
const now = () => performance.now();
const row = (name: string, bar: string, figure: string) =>
  console.log(`${name.padEnd(62)} ${figure.padStart(22)}   bar ${bar}`);
const since = (start: number) => `${Math.round(now() - start)} ms`;
const memory = () => `${Math.round(process.resourceUsage().maxRSS / 1000)} MB`;

function flagship(set: readonly string[] = []) {
  const loaded = loadScenario({ name: 'zaporizhzhia.yaml', text }, { set });
  if (!loaded.ok) throw new Error('the flagship does not load');
  return loaded.scenario.stage;
}

let start = now();
const { appraiser, world, space } = flagship();
row('flagship compiled', '3,000 ms, 500 MB', `${since(start)}, ${memory()}`);

let best = Infinity;
for (const price of [0.8, 0.64, 0.512]) {
  start = now();
  const fallen = { ...world, market: { ...world.market, price: world.market['price'] * price } };
  const valuation = appraiser.valuation(fallen);
  for (const seat of appraiser.parties.keys()) valuation.order(seat);
  best = Math.min(best, now() - start);
}
row('price falls by 20 %: revalued and re-sorted', '1,000 ms', `${Math.round(best)} ms`);

const merton = { kind: 'merton', drift: 0.04, volatility: 0.5, jumpsPerYear: 12, jumpMean: 0, jumpSd: 0.09 } as const;
start = now();
samplePaths(merton, 87_200, { seed: 1, paths: 20_000, months: 240 });
row('20,000 price paths of 20 years by month', '2,000 ms', since(start));

start = now();
flagship(['venture.paths=2000']);
row(
  `${space.allowed.length.toLocaleString('en')} outcomes x 3 parties, 2,000 paths`,
  '5,000 ms, 1,000 MB',
  `${since(start)}, ${memory()}`,
);
