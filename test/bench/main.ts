/** Every benchmark, one after the other, each in a process of its own: what one leaves behind in memory and in compiled code is none of the next one's. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MODULES = ['session.ts', 'comparison.ts', 'analysis.ts', 'debugger.ts', 'mining.ts'];

for (const module of MODULES) {
  console.log(`\n${module}`);
  const file = fileURLToPath(new URL(module, import.meta.url));
  const { status } = spawnSync(process.execPath, [...process.execArgv, file], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
