/**
 * How fast comparisons run: `node --import tsx/esm test/bench/comparison.ts`.
 * Bar: a 96-match tournament (4 strategies, all ordered pairs with self-play, 3 two-party domains, both role rotations) in under 0.2 s once the scenarios are
 * compiled. Role rotation is that of tournaments: the two profiles of a domain change seats, so that every strategy has moved first with each. NegMAS measured
 * about 50 matches a second on such tournaments, which is context and no race: its matches are other code on another machine.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Hall } from '../../src/comparison/hall.ts';
import { prepare } from '../../src/comparison/request.ts';
import { importGenius } from '../../src/scenario/genius/import.ts';

const domains = fileURLToPath(new URL('../fixtures/conformance/domains/', import.meta.url));

function scenario(name: string, swapped: boolean): { name: string; text: string } {
  const read = (file: string) => ({ name: file, text: readFileSync(`${domains}${name}/${file}`, 'utf8') });
  const profiles = readdirSync(`${domains}${name}`)
    .filter((file) => /^profile\d\.xml$/.test(file))
    .sort();
  const imported = importGenius(read('domain.xml'), (swapped ? profiles.reverse() : profiles).map(read));
  if (!imported.ok) throw new Error(`${name}: the domain is refused`);
  return { name: `${name}${swapped ? ' swapped' : ''}`, text: imported.yaml };
}

const names = readdirSync(domains).filter((name) => name.startsWith('2p-'));
const scenarios = names.slice(0, 3).flatMap((name) => [scenario(name, false), scenario(name, true)]);
const prepared = prepare({ scenarios, strategies: ['boulware,linear,conceder,hardliner'] });
const { request, schedule } = prepared;

/** A fresh hall, so that nothing measured before is reused; scenarios are compiled outside the clock. */
function tournament(auditOneIn: number): { seconds: number; cpu: number; rounds: number } {
  const halls = schedule.cases.map(({ index }) => {
    const hall = new Hall(request, auditOneIn);
    hall.prepare(index);
    return hall;
  });
  const before = process.cpuUsage();
  const began = performance.now();
  let rounds = 0;
  for (const [k, hall] of halls.entries()) {
    const { numbers } = hall.play(k * schedule.perCase, (k + 1) * schedule.perCase);
    const width = numbers.length / schedule.perCase;
    for (let row = 0; row < schedule.perCase; row++) rounds += numbers[row * width + 1];
  }
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(before);
  return { seconds, cpu: (used.user + used.system) / 1e6, rounds };
}

const cold = tournament(1000);
const warm = Array.from({ length: 9 }, () => tournament(1000)).sort((a, b) => a.seconds - b.seconds)[4];
console.log('context, no race: NegMAS measured about 50 tournament matches a second, as other code on another machine');
console.log(`${schedule.size} matches on ${names.slice(0, 3).join(', ')}, both rotations, audit 1 in 1000 (here: one)`);
for (const [when, { seconds, cpu, rounds }] of [
  ['first time', cold],
  ['warm', warm],
] as const) {
  const verdict = seconds < 0.2 ? 'met' : cpu < 0.2 ? 'met in processor time alone: the machine is busy' : 'MISSED';
  const rate = Math.round(schedule.size / seconds);
  console.log(
    `  ${when.padEnd(11)}${seconds.toFixed(3)} s, ${cpu.toFixed(3)} s of processor time (${rate} matches/s, ${rounds} rounds); bar 0.2 s: ${verdict}`,
  );
}
