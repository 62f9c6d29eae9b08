/** Every benchmark, one after the other: each module prints its own table when it is loaded. */
const MODULES = ['./session.ts', './comparison.ts', './analysis.ts', './debugger.ts', './mining.ts'];

for (const module of MODULES) {
  console.log(`\n${module}`);
  await import(module);
}
