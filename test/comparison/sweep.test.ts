import { describe, expect, test } from 'vitest';
import { Ground } from '../../src/comparison/ground.ts';
import { loadCase } from '../../src/comparison/hall.ts';
import { judgeOrderings } from '../../src/comparison/orderings.ts';
import { sweep } from '../../src/comparison/sweep.ts';
import { readSweepFile } from '../../src/comparison/sweep_file.ts';
import { swings } from '../../src/comparison/tornado.ts';
import { zoneOf } from '../../src/comparison/zone.ts';
import { canal } from './canal.ts';

const request = { scenarios: [canal], variant: null, set: [] };
const alone = { workers: 1 };

describe('a sweep', () => {
  test('finds where the zone of agreement vanishes: at the best value that basel can have with the others kept whole', async () => {
    const vary = ['parties.basel.reservation=1..41:5'];
    const report = await sweep({ scenario: canal, vary, zoneOnly: true }, alone);
    const { game, world } = new Ground(request).at([]);
    const { utilities } = game.valuation(world);
    const { appraiser } = game.parts;
    const value = (seat: number, o: number) => appraiser.valueOf(seat, utilities[seat][o]);
    const others = [...game.space.allowed].filter((o) => value(0, o) >= 8 - 1e-9 && value(2, o) >= 2 - 1e-9);
    const limit = Math.max(...others.map((o) => value(1, o)));
    expect(report?.thresholds).toHaveLength(1);
    const [{ change, low, high }] = report?.thresholds ?? [];
    expect(change).toBe('vanishes');
    expect(low - 1e-9).toBeLessThanOrEqual(limit);
    expect(high + 1e-9).toBeGreaterThanOrEqual(limit);
    expect(high - low).toBeLessThan(1e-4);
    for (const { zone } of report?.points ?? []) expect(zone.exists).toBe((zone.slack ?? 0) >= 0);
  });

  test('plays talks at each point, of which some agree where there is a zone and none where there is not', async () => {
    const vary = ['parties.basel.reservation=2,40', 'parties.cologne.reservation=1,2'];
    const report = await sweep({ scenario: canal, vary, repetitions: 3 }, alone);
    expect(report?.points.map(({ at }) => at)).toEqual([
      [2, 1],
      [2, 2],
      [40, 1],
      [40, 2],
    ]);
    const rates = report?.points.map(({ talks }) => talks?.agreement.estimate);
    expect(rates).toEqual([1, 1, 0, 0]);
    expect(report?.thresholds.map(({ where }) => where)).toEqual([
      ['parties.cologne.reservation=1'],
      ['parties.cologne.reservation=2'],
    ]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test('sought thresholds along the first of two parameters alone', async () => {
    const vary = ['parties.basel.reservation=2,40', 'parties.cologne.reservation=1,30'];
    const found = (await sweep({ scenario: canal, vary, zoneOnly: true }, alone))?.thresholds ?? [];
    const turned = (await sweep({ scenario: canal, vary: vary.toReversed(), zoneOnly: true }, alone))?.thresholds ?? [];
    const key = ({ parameter, where, low, high }: (typeof found)[number]) =>
      JSON.stringify([parameter, where, low, high]);
    expect(new Set(found.map(({ parameter }) => parameter)).size).toBe(2);
    expect(found.map(key).sort()).toEqual(turned.map(key).sort());
    for (const { method } of found) expect(method).not.toMatch(/\d{12}/);
  });

  test('looks at a world the same whether it is compiled anew or only looked at', () => {
    const set = ['market.toll=25', 'parties.basel.reservation=7'];
    const light = new Ground(request).at(set);
    const heavy = loadCase(request, { scenario: 0, set }).game();
    const [a, b] = [zoneOf(light.game, light.world), zoneOf(heavy, heavy.world)];
    expect({ ...a, joint: a.joint.outcome, slack: 0, preferred: 0 }).toEqual({
      ...b,
      joint: b.joint.outcome,
      slack: 0,
      preferred: 0,
    });
    expect(a.slack).toBeCloseTo(b.slack ?? Number.NaN, 9);
    expect(a.joint.gain).toBeCloseTo(b.joint.gain ?? Number.NaN, 9);
  });

  test('is the same on threads and without', async () => {
    const wishes = { scenario: canal, vary: ['parties.arnhem.delay_cost=0.1,0.2,0.3'], zoneOnly: true };
    expect(JSON.stringify(await sweep(wishes, { workers: 2 }))).toBe(JSON.stringify(await sweep(wishes, alone)));
  });

  test.each([
    [[], /something to vary/],
    [['a=1,2', 'b=1,2', 'c=1,2'], /one parameter or two/],
    [['market.tol=1,2'], /"tol"/],
    [['parties.nobody.reservation=1,2'], /"nobody"/],
  ])('of %j is refused', async (vary, why) => {
    await expect(sweep({ scenario: canal, vary, zoneOnly: true }, alone)).rejects.toThrow(why);
  });
});

describe('a tornado', () => {
  test('moves each figure over its own range and each block by its multiples, never where a curve’s points stand', async () => {
    const report = await sweep({ scenario: canal, tornado: true }, alone);
    expect(report?.tornado?.map(({ path }) => path).sort()).toEqual([
      'parties.arnhem.reservation',
      'parties.arnhem.terms.depth',
    ]);
    const bar = report?.tornado?.find(({ path }) => path.endsWith('reservation'));
    // The joint gain falls by what the reservation value rises.
    expect((bar?.low.jointGain ?? 0) - (bar?.high.jointGain ?? 0)).toBeCloseTo(8, 9);
    const { scenario } = new Ground(request).at([]);
    const depth = swings(scenario.inventory()).find(({ path }) => path.endsWith('depth'));
    expect(depth?.ends.map(({ set }) => set)).toEqual([
      ['parties.arnhem.terms.depth.points.1.1=6'],
      ['parties.arnhem.terms.depth.points.1.1=24'],
    ]);
  });
});

describe('a sweep file', () => {
  const file = (checks: string) =>
    readSweepFile('o.sweep.yaml', `hashpact_sweep: 1\nscenario: canal.yaml\nchecks:\n${checks}`);

  test('tells where an ordering holds and where it breaks', async () => {
    const text = `
  - id: wider_for_the_modest
    text: The more basel asks for, the smaller the zone.
    holds: everywhere
    vary: { parties.basel.reservation: [2, 4, 8, 30] }
    measures: { zone: { quantity: zone.size } }
    expect: zone <= previous.zone
  - id: basel_likes_the_company
    text: Basel likes the company best, and a deep canal only where it is asked for.
    holds: mostly
    vary: { parties.basel.terms.operator.values.company: [1, 9, 20] }
    measures:
      likes: { quantity: best.issue, issue: operator, by: basel }
      deep: { quantity: best.value, by: basel, given: depth == 6 }
      stake: { quantity: best.issue, issue: stakes.basel, by: basel }
      modest: { quantity: zone.slack, set: { parties.basel.reservation: 1 } }
      strict: { quantity: zone.slack, times: { parties.basel.reservation: 5 } }
    expect: "likes == 'company' && strict < modest && stake > 0.7"
`;
    const [first, second] = await judgeOrderings(file(text), canal);
    expect([first.held, first.judged, first.ok]).toEqual([3, 3, true]);
    expect(first.points[0].holds).toBeNull();
    expect(second.points.map(({ holds }) => holds)).toEqual([false, true, true]);
    expect(second.ok).toBe(true);
    expect(second.points[0].at).toEqual(['parties.basel.terms.operator.values.company=1']);
  });

  test('a claim that breaks fails, unless it is only reported', async () => {
    const text = (claim: string) => `
  - { id: a, text: never so, holds: ${claim}, measures: { zone: { quantity: zone.size } }, expect: zone < 0 }`;
    const ok = async (claim: string) => (await judgeOrderings(file(text(claim)), canal))[0].ok;
    expect([await ok('everywhere'), await ok('mostly'), await ok('reported')]).toEqual([false, false, true]);
  });

  test.each([
    [
      '- { id: a, text: t, holds: always, measures: { z: { quantity: zone.size } }, expect: z > 0 }',
      /o\.sweep\.yaml:4.*holds/,
    ],
    ['- { id: a, text: t, holds: mostly, measures: { z: { quantity: zone.sise } }, expect: z > 0 }', /quantity/],
  ])('%s is refused with its line', (check, why) => {
    expect(() => file(`  ${check}`)).toThrow(why);
  });

  test.each([
    ['{ quantity: zone.size }', 'y > 0', /unknown|there is no|"y"/i],
    ['{ quantity: best.issue, issue: operator }', 'z > 0', /needs "by"/],
    ['{ quantity: best.issue, by: basel }', 'z > 0', /needs "issue"/],
    ['{ quantity: worth, by: basel, at: { depth: 3 } }', 'z > 0', /no outcome/],
    ['{ quantity: zone.size, given: depht == 3 }', 'z > 0', /depht/],
    [
      '{ quantity: leave.month, by: basel, at: { operator: council, depth: 3, stakes: 4/0/0 } }',
      'z > 0',
      /no mining venture/,
    ],
  ])('a measure %s with %s is refused by the name of its check', async (measure, expectation, why) => {
    const checks = `  - { id: a, text: t, holds: mostly, measures: { z: ${measure} }, expect: ${expectation} }`;
    const trouble = await judgeOrderings(file(checks), canal).catch((error: unknown) => String(error));
    expect(trouble).toMatch(/check "a"/);
    expect(trouble).toMatch(why);
  });
});
