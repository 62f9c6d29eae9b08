import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { prepare, type Wishes } from '../../src/comparison/request.ts';

const path = fileURLToPath(new URL('../fixtures/canal.yaml', import.meta.url));

/** The canal of three cities: chance, a scripted move and a stance machine of its own are all in it. */
export const canal = { name: path, text: readFileSync(path, 'utf8') };

export const canalPlan = (wishes: Partial<Wishes> = {}) => prepare({ scenarios: [canal], ...wishes });

/** A folder that is gone after the test. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'hashpact-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}
