import { readFileSync } from 'node:fs';
import { Debugger } from '../../src/debugger/debugger.ts';
import { loadScenario, type Scenario } from '../../src/scenario/load.ts';

export const RESERVOIR = 'test/fixtures/reservoir.yaml';

/** A scenario file of the repository, loaded; throws with its mistakes. */
export function scenarioOf(path = RESERVOIR): Scenario {
  const loaded = loadScenario({ name: path, text: readFileSync(path, 'utf8') });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.scenario;
}

export function debugOf(seed = 1, scenario = scenarioOf()): Debugger {
  return new Debugger(scenario, scenario.game({ seed }));
}
