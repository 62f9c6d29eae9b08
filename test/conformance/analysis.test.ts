import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';
import { egalitarian } from '../../src/analysis/egalitarian.ts';
import { kalaiSmorodinsky } from '../../src/analysis/kalai_smorodinsky.ts';
import { scenarioMeasures } from '../../src/analysis/measures.ts';
import { nash } from '../../src/analysis/nash.ts';
import { frontierPoints, paretoFrontier } from '../../src/analysis/pareto.ts';
import { relativeUtilitarian } from '../../src/analysis/utilitarian.ts';
import { utilityRange } from '../../src/analysis/utility_space.ts';
import { elsewhere, type GoldenFile, goldenFiles, shipped, spaceOfGolden } from './golden_spaces.ts';

type Vectors = readonly (readonly number[])[];
const TOLERANCE = 1e-12;

/** Same set of utility vectors, each coordinate within 1e-12. */
function sameSet(actual: Vectors, expected: unknown): boolean {
  const vectors = (expected ?? []) as Vectors;
  const close = (a: readonly number[], b: readonly number[]) => a.every((x, i) => Math.abs(x - b[i]) <= TOLERANCE);
  const covered = (xs: Vectors, ys: Vectors) => xs.every((x) => ys.some((y) => close(x, y)));
  return actual.length === vectors.length && covered(actual, vectors) && covered(vectors, actual);
}

/** The golden leximin figure is one vector; ours is a set, because gains that differ by rounding are ties. */
function contains(actual: Vectors, vector: readonly number[]): boolean {
  return actual.some((a) => sameSet([a], [vector]));
}

const own = goldenFiles(shipped);
const third = goldenFiles(elsewhere);

describe('analysis figures agree with the conformance domains', () => {
  it('ships its six own domains, so that there is always something to check', () => {
    expect(own.map((golden) => golden.domain)).toHaveLength(6);
  });

  it.skipIf(third.length === 0)(
    third.length === 0
      ? 'third-party domains: ../shared/conformance/negmas is absent, its checks are skipped'
      : `third-party domains: ${third.length} found in ../shared/conformance/negmas`,
    () => expect(third).toHaveLength(14),
  );

  for (const golden of [...own, ...third]) {
    describe(golden.domain, () => agrees(golden));
  }

  it('notices a figure that is off by one part in a million', () => {
    const golden = own.find((file) => file.domain === '3p-plant-pact-360');
    const vectors = golden!.ownAnalysis['maxWelfare'] as number[][];
    const { utilities } = analyze(spaceOfGolden(golden!)).utilitarian;
    expect(sameSet(utilities, vectors)).toBe(true);
    expect(sameSet(utilities, [vectors[0].map((x) => x + 1e-6)])).toBe(false);
    expect(sameSet(utilities, [])).toBe(false);
  });
});

function agrees(golden: GoldenFile): void {
  const space = spaceOfGolden(golden);
  const { ownAnalysis: figures, negmasAnalysis: theirs } = golden;
  const textbook = analyze(space);
  const negmas = analyze(space, { mode: 'negmas' });
  const genius = analyze(space, { mode: 'genius' });

  it('counts outcomes, the rational set and the utility ranges', () => {
    const { min, max } = utilityRange(space);
    expect(textbook.outcomes).toBe(figures['nOutcomes']);
    expect(textbook.rational).toBe(figures['nRational']);
    expect(min.map((m, i) => [m, max[i]])).toEqual(figures['utilityRanges']);
  });

  it('finds the Pareto frontier', () => {
    const measures = scenarioMeasures(space);
    expect(
      sameSet(
        textbook.pareto.points.map((p) => p.utilities),
        golden.paretoFrontier,
      ),
    ).toBe(true);
    expect(textbook.pareto.size).toBe(theirs['paretoPoints']);
    expect(measures.paretoOutcomes).toBe(figures['paretoOutcomes'] ?? 0);
  });

  it('finds the solutions of the independent analysis', () => {
    const sets: [string, Vectors][] = [
      ['nash_disagreementRv', textbook.nash.utilities],
      ['nash_disagreementMaxRvMin', nash(space, { disagreement: 'attainable' }).utilities],
      ['egalitarian_maxMinGain', textbook.egalitarian.utilities],
      ['ks_maxMinNormalisedGain', textbook.kalaiSmorodinsky.maximin.utilities],
      ['ks_negmas_minSpreadOfNormalisedGain', negmas.kalaiSmorodinsky.utilities],
      ['ks_genius_minSumAbsDiff', genius.kalaiSmorodinsky.utilities],
      ['maxWelfare', textbook.utilitarian.utilities],
    ];
    for (const [name, utilities] of sets) expect.soft(sameSet(utilities, figures[name]), name).toBe(true);
    if (figures['nRational'] === 0) return;
    expect(textbook.utilitarian.value).toBeCloseTo(figures['maxWelfareValue'] as number, 12);
    expect(contains(textbook.egalitarian.leximin.utilities, figures['leximin_gain'] as number[])).toBe(true);
    if (space.parties.length >= 3) {
      expect(contains(textbook.kalaiSmorodinsky.utilities, figures['leximin_normalisedGain'] as number[])).toBe(true);
    }
  });

  it('finds what NegMAS finds in its mode', () => {
    const modified = { mode: 'negmas', disagreement: 'zero' } as const;
    const sets: [string, Vectors][] = [
      ['nash', negmas.nash.utilities],
      ['kalai', negmas.egalitarian.utilities],
      ['ks', negmas.kalaiSmorodinsky.utilities],
      ['maxWelfare', negmas.utilitarian.utilities],
      ['maxRelativeWelfare', relativeUtilitarian(space).utilities],
      ['modifiedKalai', egalitarian(space, modified).utilities],
      ['modifiedKs', kalaiSmorodinsky(space, modified).utilities],
    ];
    for (const [name, utilities] of sets) expect.soft(sameSet(utilities, theirs[name]), name).toBe(true);
    const { opposition, strictRationalFraction } = scenarioMeasures(space);
    const expected = theirs['opposition'] === 'inf' ? Number.POSITIVE_INFINITY : (theirs['opposition'] as number);
    if (Number.isFinite(expected)) expect(Math.abs(opposition - expected)).toBeLessThanOrEqual(TOLERANCE);
    else expect(opposition).toBe(expected);
    expect(Math.abs(strictRationalFraction - (theirs['rationalFraction'] as number))).toBeLessThanOrEqual(TOLERANCE);
  });

  it('answers with outcomes that have the utilities it reports', () => {
    const { nash: n, kalaiSmorodinsky: k, egalitarian: e, utilitarian: u } = textbook;
    for (const point of [n, k, e, u].flatMap((solution) => solution.points)) {
      for (const o of point.outcomes) expect(space.utilities.map((ofSeat) => ofSeat[o])).toEqual(point.utilities);
    }
    const all = frontierPoints(paretoFrontier(space, space.outcomes)).map((p) => p.utilities);
    if (textbook.rational === textbook.outcomes) expect(textbook.pareto.points.map((p) => p.utilities)).toEqual(all);
  });
}
