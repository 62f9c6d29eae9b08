import { expect, test, vi } from 'vitest';
import { compare } from '../../src/comparison/compare.ts';
import { canalPlan } from './canal.ts';

// A planted mistake: the batch executor forgets its last fact.
vi.mock('../../src/executors/batch.ts', async (original) => {
  const real = await original<typeof import('../../src/executors/batch.ts')>();
  return {
    ...real,
    playOut: (...given: Parameters<typeof real.playOut>) => {
      const played = real.playOut(...given);
      return { ...played, ...(played.facts && { facts: played.facts.slice(0, -1) }) };
    },
  };
});

test('a batch negotiation that parts from the recorded one stops the run with the command that shows it', async () => {
  const prepared = canalPlan({ strategies: ['basel=boulware'] });
  const trouble = await compare(prepared, { workers: 1 }).catch((error: unknown) => error);
  expect(String(trouble)).toMatch(/parted from the recorded one in negotiation 0/);
  expect((trouble as { hint: string }).hint).toMatch(/hashpact run .*canal\.yaml --strategy 1=boulware --seed 1/);
});

test('no audit, no complaint', async () => {
  const results = await compare(canalPlan(), { workers: 1, auditOneIn: 0 });
  expect(results.complete).toBe(true);
  expect(results.audited).toBe(0);
});
