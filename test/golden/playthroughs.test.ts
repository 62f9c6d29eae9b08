import { describe, expect, it } from 'vitest';
import { hashpact } from '../cli/capture.ts';

/** Playthroughs a person can read: a diff here tells what changed in the world. `vitest -u` writes them anew. */
describe('golden playthroughs', () => {
  it.each([
    ['bill_and_jack', ['run', 'scenarios/bill_and_jack.yaml']],
    ['canal', ['run', 'test/fixtures/canal.yaml']],
    ['canal_seed_2', ['run', 'test/fixtures/canal.yaml', '--seed', '2']],
    ['canal_analysed', ['analyze', 'test/fixtures/canal.yaml']],
    ['broker', ['stance', 'broker']],
    ['strategies', ['stance']],
  ])('%s', async (name, argv) => {
    const { code, out, err } = await hashpact(...argv);
    expect(code, err).toBe(0);
    await expect(out).toMatchFileSnapshot(`${name}.txt`);
  });
});
