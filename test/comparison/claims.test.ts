import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { comparisonText } from '../../src/cli/render/comparison.ts';
import { compare, standingsOptions } from '../../src/comparison/compare.ts';
import type { ComparisonReport, ContrastReport } from '../../src/comparison/report.ts';
import { type Prepared, prepare, type Wishes } from '../../src/comparison/request.ts';
import { bestOf, rankRange } from '../../src/comparison/separation.ts';
import { standings } from '../../src/comparison/standings.ts';
import { auditText, clarity, rankText, titlesOf } from '../../src/comparison/told.ts';
import { reportPage } from '../../src/report/page.ts';
import { canal, canalPlan } from './canal.ts';

const reportOf = async (prepared: Prepared, auditOneIn = 1000) =>
  standings(
    await compare(prepared, { workers: 1, auditOneIn }),
    standingsOptions(prepared, 'utility', auditOneIn, 200),
  );
const told = (report: ComparisonReport) =>
  comparisonText(report, { out() {}, err() {}, paint: pc.createColors(false), width: 100, watched: false });

/** Nobody rolls dice: no strike, no strategy that draws. */
const STILL = ['events=[]', 'expect=[]', 'parties.arnhem.stance=linear'];
const three: Partial<Wishes> = { strategies: ['basel=linear,boulware,conceder', 'cologne=linear,boulware'] };

describe('talks without chance', () => {
  test.each([1, 3])(
    'played %i times have exact differences: no p, no interval, no verdict of chance',
    async (repetitions) => {
      const report = await reportOf(canalPlan({ ...three, set: STILL, repetitions }));
      expect(report.evidence).toMatchObject({ chance: false, exact: true });
      expect(report.contrasts.length).toBeGreaterThan(3);
      for (const { p, adjustedP, verdict, interval } of report.contrasts) {
        expect([p, adjustedP, verdict]).toEqual([null, null, 'exact']);
        expect(interval.high - interval.low).toBe(0);
      }
      for (const { agreement } of [report.overall, ...report.cells, ...report.scores])
        expect([agreement.low, agreement.high, agreement.completeness]).toEqual([
          agreement.estimate,
          agreement.estimate,
          'exact',
        ]);
      for (const { rank, rankLow, rankHigh } of report.scores) expect([rankLow, rankHigh]).toEqual([rank, rank]);
      for (const text of [told(report), reportPage(report)]) {
        expect(text).toMatch(/No chance in these talks: differences are exact, nothing is tested\./);
        expect(text).not.toMatch(/clear of chance|% of resamples|no spread/);
      }
    },
  );
});

describe('talks with chance', () => {
  test('played once separate nothing: a single draw tells no luck from skill', async () => {
    const report = await reportOf(canalPlan(three));
    expect(report.evidence).toEqual({ chance: true, exact: false, unit: 'repetition', units: 1 });
    expect(new Set(report.contrasts.map(({ p, verdict }) => `${p} ${verdict}`))).toEqual(new Set(['null untested']));
    for (const { player, separated, verdict } of report.best)
      if (report.players[player].strategies.length > 1) expect([separated, verdict]).toEqual([false, 'untested']);
    expect(told(report)).toMatch(/Nothing is tested: a single repetition does not tell luck from skill/);
    expect(reportPage(report)).toMatch(/othing separates the strategies of <strong>cologne/);
    expect(report.warnings.join()).toMatch(/one repetition of talks that hold chance.*--repetitions/);
  });

  test('played three times are never clear of chance, and say from how many on they could be', async () => {
    const report = await reportOf(canalPlan({ ...three, repetitions: 3 }));
    for (const { p, verdict } of report.contrasts) {
      expect(p ?? 1).toBeGreaterThanOrEqual(0.25);
      expect(verdict).not.toBe('clear');
    }
    for (const one of report.contrasts.filter(({ p }) => p !== null)) expect(one.smallestP).toBe(0.25);
  });

  test('a variation that changes nothing adds no evidence: it has the same luck', async () => {
    const plain = await reportOf(canalPlan({ ...three, repetitions: 8 }));
    const varied = await reportOf(canalPlan({ ...three, repetitions: 8, vary: ['market.toll=40,41,42,43'] }));
    const claims = ({ contrasts }: ComparisonReport) =>
      contrasts.flatMap(({ p, interval }) => [p, interval.low, interval.high]);
    for (const [i, x] of claims(varied).entries()) expect(x ?? -1).toBeCloseTo(claims(plain)[i] ?? -1, 9);
    expect(varied.evidence.units).toBe(8);
    expect(varied.overall.agreement.high).toBeCloseTo(plain.overall.agreement.high, 2);
    expect(varied.dependence).toMatchObject({ on: ['market.toll'], equilibriaChange: false });
    expect(varied.dependence?.best.map(({ changes }) => changes)).toEqual([false, false, false]);
  });
});

describe('several scenarios', () => {
  const other = { name: 'other.yaml', text: canal.text.replace('reservation: 4', 'reservation: 5') };

  test.each([
    [[canal, canal], /named twice/],
    [[canal, { ...canal, name: './canal.yaml' }], /are the same scenario, and it would count twice/],
    [[canal, { name: 'c.yaml', text: `# a comment\n${canal.text}` }], /are the same scenario/],
  ])('a file that is there twice is refused: it would count twice', (scenarios, sentence) => {
    expect(() => prepare({ scenarios })).toThrow(sentence);
  });

  test('with one title are told apart by file, and with one id are said to share their luck', async () => {
    const report = await reportOf(prepare({ scenarios: [canal, other], ...three, repetitions: 2 }));
    expect(titlesOf(report)).toMatch(/Three cities along a canal \(.*canal\.yaml\), .* \(other\.yaml\)/);
    expect(report.warnings.join()).toMatch(/other\.yaml have the same id, hence the same luck/);
    expect(report.evidence).toMatchObject({ unit: 'scenario', units: 2 });
    for (const { verdict } of report.contrasts) expect(verdict).not.toBe('clear');
  });

  test('of which one holds no chance: its own case is exact, the comparison over both is not', async () => {
    const still = canal.text.replace(/\n {2}- \{ id: strike.*/, '').replace('id: canal', 'id: pond');
    const report = await reportOf(
      prepare({ scenarios: [canal, { name: 'pond.yaml', text: still }], ...three, repetitions: 4 }),
    );
    const verdicts = report.cases.map(({ best }) => best[1].verdict);
    expect(verdicts[0]).not.toBe('exact');
    expect(verdicts[1]).toBe('exact');
    expect(report.cases.map(({ agreement }) => agreement.completeness)).toEqual(['estimate', 'exact']);
    expect(report.evidence).toMatchObject({ chance: true, exact: false });
  });

  test('with different parties label the seats, not the first file’s parties', async () => {
    const renamed = {
      name: 'r.yaml',
      text: canal.text.replaceAll('arnhem', 'arles').replace('id: canal', 'id: rhone'),
    };
    const report = await reportOf(prepare({ scenarios: [canal, renamed], strategies: ['1=linear,boulware'] }));
    expect(report.players.map(({ label }) => label)).toEqual(['seat 1', 'seat 2', 'seat 3']);
    expect(told(report)).not.toMatch(/best for arnhem/);
  });
});

describe('a round robin', () => {
  const lists = { strategies: ['boulware,linear'], roundRobin: true };

  test('of unlike roles without rotation is refused: who did better may owe it to the seat', () => {
    expect(() => canalPlan(lists)).toThrow(/arnhem and basel have different terms or reservation values/);
    expect(canalPlan({ ...lists, rotate: true }).schedule.size).toBe(8);
  });

  test('of like roles is played, and a rotation of unlike ones says that it averages over them', async () => {
    const party = (id: string) =>
      `  - { id: ${id}, reservation: 5, stance: linear, terms: [{ kind: curve, id: of_${id}, issue: cake, points: [[0, 0], [1, 20]] }] }`;
    const cake = `hashpact: 1\nid: cake\ntitle: Three share a cake\nissues: [{ kind: division, id: cake, among: [a, b, c], parts: 8 }]\nparties:\n${['a', 'b', 'c'].map(party).join('\n')}\nprotocol: { kind: alternating_offers, rounds: 6, agreement: { rule: unanimity } }\n`;
    const alike = prepare({ scenarios: [{ name: 'cake.yaml', text: cake }], ...lists });
    expect(alike.schedule.size).toBe(4);
    expect((await reportOf(alike)).contrasts).toHaveLength(1);
    const rotated = await reportOf(canalPlan({ ...lists, rotate: true }));
    expect(rotated.warnings.join()).toMatch(/roles differ, and --rotate averages over them/);
  });
});

describe('in words', () => {
  const contrast = (a: string, b: string, difference: number, verdict: ContrastReport['verdict']) => ({
    player: 0,
    a,
    b,
    difference,
    verdict,
    smallestP: 0.001,
  });
  const of = (contrasts: readonly ReturnType<typeof contrast>[]) =>
    clarity(
      { evidence: { chance: true, exact: false, unit: 'repetition', units: 20 } } as ComparisonReport,
      contrasts as unknown as readonly ContrastReport[],
    );

  test('one difference is, two are', () => {
    const clear = contrast('x', 'y', 1, 'clear');
    const unclear = contrast('x', 'y', 1, 'unclear');
    expect(of([clear])).toMatch(/^The difference is clear of chance/);
    expect(of([unclear])).toMatch(/^The difference is not clear/);
    expect(of([clear, unclear])).toMatch(/^1 of 2 differences is clear/);
    expect(of([clear, clear])).toMatch(/^2 of 2 differences are clear/);
    expect(of([unclear, unclear])).toMatch(/^None of 2 differences is clear/);
  });

  test('a rank that is shared is marked, and ranks that tests leave open stand beside it', () => {
    const score = (rank: number, rankLow = rank, rankHigh = rank) =>
      ({ player: 0, rank, rankLow, rankHigh }) as ComparisonReport['scores'][number];
    const scores = [score(1), score(1), score(3, 1, 3)];
    expect(scores.map((one) => rankText(one, scores))).toEqual(['1=', '1=', '3 (1–3)']);
  });

  test('ranks and best strategies follow from what is separated', () => {
    const differences = [
      contrast('x', 'y', 0.1, 'unclear'),
      contrast('x', 'z', 0.5, 'clear'),
      contrast('y', 'z', 0.4, 'clear'),
    ];
    const names = ['x', 'y', 'z'];
    expect(names.map((name, i) => rankRange(name, i + 1, 3, differences))).toEqual([
      { low: 1, high: 2 },
      { low: 1, high: 2 },
      { low: 3, high: 3 },
    ]);
    expect(bestOf(0, names, [0.9, 0.8, 0.4], differences)).toMatchObject({ strategies: [0, 1], separated: false });
    expect(bestOf(0, ['y', 'z'], [0.8, 0.4], differences)).toMatchObject({
      strategies: [0],
      separated: true,
      runnerUp: 1,
    });
  });

  test('no audit is said to be none', async () => {
    const report = await reportOf(canalPlan(three), 0);
    expect(auditText(report)).toMatch(/No negotiation was played again.*--audit 0/);
    expect(auditText({ ...report, audit: { oneIn: 1000, audited: 1, fallbacks: [] } })).toMatch(/^1 negotiation was/);
  });

  test('terminal, page and data say what talks without an agreement count as', async () => {
    const report = await reportOf(canalPlan({ ...three, set: ['protocol.rounds=2', 'expect=[]'] }));
    expect(report.overall.ends.timedout).toBeGreaterThan(0);
    for (const text of [told(report), reportPage(report), JSON.stringify(report)])
      expect(text).toMatch(/alks that time out or break off count at the reservation value of each party/);
  });

  test('differences are told largest first, with interval and p', async () => {
    const text = told(await reportOf(canalPlan({ ...three, repetitions: 12 })));
    const basel = text.slice(text.indexOf('\nbasel'), text.indexOf('\ncologne'));
    const sizes = [...basel.matchAll(/ over \w+ +([\d.]+)/g)].map(([, size]) => Number(size));
    expect(sizes).toHaveLength(3);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(basel).toMatch(/ over \w+ +[\d.]+ +(−?[\d.]+ to −?[\d.]+|no spread) +(–|[\d.]+)\n/);
  });
});
