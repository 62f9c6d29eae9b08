import { expect, test, vi } from 'vitest';
import { compare } from '../../src/comparison/compare.ts';
import { canalPlan } from './canal.ts';

// Planted mistakes: the batch executor forgets its last fact, or, without a record, an offer.
const planted = vi.hoisted(() => ({ forgets: 'fact' }));
vi.mock('../../src/executors/batch.ts', async (original) => {
  const real = await original<typeof import('../../src/executors/batch.ts')>();
  return {
    ...real,
    playOut: (...given: Parameters<typeof real.playOut>) => {
      const played = real.playOut(...given);
      if (planted.forgets === 'fact') return { ...played, ...(played.facts && { facts: played.facts.slice(0, -1) }) };
      const { state } = played;
      return { ...played, state: { ...state, seats: state.seats.map((seat) => ({ ...seat, bestOffered: -1 })) } };
    },
  };
});

test('a batch negotiation that parts from the recorded one stops the run with the command that shows it', async () => {
  const prepared = canalPlan({ strategies: ['basel=boulware'] });
  const trouble = await compare(prepared, { workers: 1 }).catch((error: unknown) => error);
  expect(String(trouble)).toMatch(/parted from the recorded one in negotiation 0/);
  expect((trouble as { hint: string }).hint).toMatch(/hashpact run .*canal\.yaml --strategy 1=boulware --seed 1/);
});

test('so does one that left another state behind', async () => {
  planted.forgets = 'offer';
  const trouble = await compare(canalPlan(), { workers: 1 }).catch((error: unknown) => error);
  planted.forgets = 'fact';
  expect(String(trouble)).toMatch(/parted from the recorded one in negotiation \d+, in the state it left/);
});

test('no audit, no complaint', async () => {
  const results = await compare(canalPlan(), { workers: 1, auditOneIn: 0 });
  expect(results.complete).toBe(true);
  expect(results.audited).toBe(0);
});
