/** Every benchmark, one after the other, each in a process of its own: what one leaves behind in memory and in compiled code is none of the next one's. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SESSIONS = ['recorded', 'batch2', 'batch3', 'model3', 'trade3', 'batchlive'];
const MODULES = [
  ...SESSIONS.map((one) => ['session.ts', one]),
  ...['comparison.ts', 'analysis.ts', 'debugger.ts', 'mining.ts'].map((module) => [module]),
];

for (const module of MODULES) {
  const [name, ...only] = module;
  console.log(`\n${module.join(' ')}`);
  const file = fileURLToPath(new URL(name, import.meta.url));
  const { status } = spawnSync(process.execPath, [...process.execArgv, file, ...only], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
