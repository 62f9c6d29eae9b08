/**
 * How fast the debugger moves in a long recording, and what it keeps: `node --import tsx/esm test/bench/debugger.ts`.
 * Bars: 10,000 turns; goto, step and stepBack under 1 ms each; memory linear in the turns.
 */
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Debugger } from '../../src/debugger/debugger.ts';
import { loadScenario } from '../../src/scenario/load.ts';

const TURNS = 10_000;
const SAMPLES = 2000;
setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

/** Never agrees, changes stance every time it is refused: a turn has about six facts. */
const stubborn = {
  initial: 'calm',
  context: { refused: 0 },
  states: {
    calm: {
      meta: { tactic: { type: 'time_dependent', exponent: 4 }, acceptance: { type: 'ac_const', utility: 2 } },
      on: { rejected: [{ target: 'cross', actions: [{ type: 'add', params: { key: 'refused', by: 1 } }] }] },
    },
    cross: {
      meta: { tactic: { type: 'hold' }, acceptance: { type: 'ac_const', utility: 2 } },
      on: { offered: [{ target: 'calm' }] },
    },
  },
};

const file = { name: 'reservoir', text: readFileSync('test/fixtures/reservoir.yaml', 'utf8') };
const loaded = loadScenario(file, { rounds: Math.ceil(TURNS / 3) });
if (!loaded.ok) throw new Error(loaded.diagnostics[0]?.message);
const seated = loaded.scenario.with(
  Object.fromEntries(loaded.scenario.spec.parties.map(({ id }) => [id, stubborn as never])),
);
if (!seated.ok) throw new Error(seated.diagnostics[0]?.message);

/** Heap used by a recording of so many rounds, in bytes. */
function recorded(rounds: number): { debug: Debugger; bytes: number; ms: number } {
  collect();
  const before = process.memoryUsage().heapUsed;
  const began = performance.now();
  const debug = new Debugger(
    seated.ok ? seated.scenario : never(),
    (seated.ok ? seated.scenario : never()).game({ seed: 1 }),
  );
  debug.branch.recording.reach(rounds * 3 - 1);
  const ms = performance.now() - began;
  collect();
  return { debug, bytes: process.memoryUsage().heapUsed - before, ms };
}

function never(): never {
  throw new Error('unreachable');
}

function sample(act: (n: number) => void): { median: number; mean: number; worst99: number } {
  const times: number[] = [];
  for (let n = 0; n < SAMPLES; n++) {
    const began = performance.now();
    act(n);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return {
    median: times[times.length >> 1],
    mean: times.reduce((a, b) => a + b, 0) / times.length,
    worst99: times[Math.floor(times.length * 0.99)],
  };
}

const half = recorded(Math.ceil(TURNS / 6));
const whole = recorded(Math.ceil(TURNS / 3));
const { debug } = whole;
const { recording } = debug.branch;
const rounds = Math.floor(recording.turns.length / 3);
console.log(`${recording.turns.length} turns, ${recording.size} facts, recorded in ${whole.ms.toFixed(0)} ms`);
for (const [name, { debug: d, bytes }] of [
  ['half', half],
  ['whole', whole],
] as const) {
  console.log(
    `memory, ${name}: ${(bytes / 1e6).toFixed(1)} MB, ${Math.round(bytes / d.branch.recording.turns.length)} bytes a turn`,
  );
}
const far = (n: number) => 1 + ((n * 7919) % rounds);
const rows: [string, (n: number) => void][] = [
  ['goto a round', (n) => debug.goto(`r${far(n)}`)],
  ['goto a micro-step', (n) => debug.goto(`r${far(n)}.2.2`)],
  ['step', () => debug.step('micro', 1)],
  ['stepBack', () => debug.step('micro', -1)],
  ['step a turn', () => debug.step('turn', 1)],
  ['stepBack a turn', () => debug.step('turn', -1)],
  [
    'stepBack, far from any other',
    (n) => {
      debug.goto(`r${far(n)}.2.3`);
      debug.step('micro', -1);
    },
  ],
];
debug.goto(`r${Math.floor(rounds / 2)}`);
for (const [name, act] of rows) {
  const { median, mean, worst99 } = sample(act);
  console.log(
    `${name.padEnd(30)} median ${median.toFixed(4)} ms, mean ${mean.toFixed(4)} ms, 99 % ${worst99.toFixed(4)} ms   bar 1 ms`,
  );
}
