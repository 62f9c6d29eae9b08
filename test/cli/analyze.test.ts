import { describe, expect, it } from 'vitest';
import { hashpact } from './capture.ts';

const BILL = 'scenarios/bill_and_jack.yaml';

describe('hashpact analyze --outcome', () => {
  it('says how far one outcome is from each solution: none from the Nash solution itself', async () => {
    const { code, out } = await hashpact('analyze', BILL, '--json', '--outcome', 'book=jack');
    expect(code).toBe(0);
    const { asked, nash } = JSON.parse(out);
    expect(asked).toMatchObject({ outcome: nash.outcomes[0], rational: true, optimality: { nash: 1, pareto: 1 } });
    expect(asked.values.book).toBe('jack');
  });

  it('measures a worse one in utility, and says who would refuse it', async () => {
    const everything = ['book', 'whip', 'ball', 'bat', 'box', 'pen', 'toy', 'knife', 'hat'].map((id) => `${id}=jack`);
    const { out } = await hashpact('analyze', BILL, '--outcome', everything.join(','));
    expect(out).toContain('below the reservation value of Bill');
    const { asked, nash } = JSON.parse(
      (await hashpact('analyze', BILL, '--json', '--outcome', everything.join(','))).out,
    );
    const [bill, jack] = nash.utilities[0];
    expect(asked.distance.nash).toBeCloseTo(Math.hypot(bill - asked.utilities[0], jack - asked.utilities[1]), 12);
    expect(asked.rational).toBe(false);
  });

  it('refuses an issue or a value that there is not', async () => {
    for (const wrong of ['boat=jack', 'book=bob', 'book']) {
      const { code, err } = await hashpact('analyze', BILL, '--outcome', wrong);
      expect(code).toBe(2);
      expect(err).toContain('--outcome');
    }
  });
});
