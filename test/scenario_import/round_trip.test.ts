import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AdditiveDomain, type AdditiveParty, utilityOf } from '../../src/scenario/genius/additive.ts';
import { exportGenius, type Files, writeGenius } from '../../src/scenario/genius/export.ts';
import { importGenius } from '../../src/scenario/genius/import.ts';
import { exportGeniusWeb, writeGeniusWeb } from '../../src/scenario/geniusweb/export.ts';
import { importGeniusWeb } from '../../src/scenario/geniusweb/import.ts';
import { loadScenario } from '../../src/scenario/load.ts';

const unit = fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x + 0);
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => !/[\p{Cc}\p{Surrogate}\ufffe\uffff]/u.test(text));

/** Domains in the form GENIUS keeps: some value of every issue is worth exactly 1, and weights sum to 1 but for roundings. */
const domains = fc
  .array(fc.record({ name, values: fc.uniqueArray(name, { minLength: 1, maxLength: 5 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((issues) => issues.filter((issue, i) => issues.findIndex((other) => other.name === issue.name) === i))
  .chain((issues) =>
    fc.record({
      name: fc.constant('domain'),
      issues: fc.constant(issues),
      parties: fc.tuple(party('first', issues), party('second', issues), party('third', issues)),
    }),
  );

function party(called: string, issues: readonly { readonly values: readonly string[] }[]): fc.Arbitrary<AdditiveParty> {
  const table = (size: number) =>
    fc
      .tuple(fc.array(unit, { minLength: size, maxLength: size }), fc.nat(size - 1))
      .map(([values, best]) => values.with(best, 1));
  return fc.record({
    name: fc.constant(called),
    weights: fc
      .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: issues.length, maxLength: issues.length })
      .map((raw) => {
        const sum = raw.reduce((a, b) => a + b, 0);
        return raw.map((weight) => weight / sum);
      }),
    tables: fc.tuple(...issues.map(({ values }) => table(values.length))),
    reservation: unit,
    discount: fc.double({ min: 0.01, max: 1, noNaN: true }),
  });
}

function again(files: Files, read: typeof importGenius | typeof importGeniusWeb): AdditiveDomain {
  if (!files.ok) expect.fail(JSON.stringify(files.refusals));
  const result = read(files.domain, files.profiles);
  if (!result.ok) expect.fail(JSON.stringify(result.diagnostics));
  return result.domain;
}

function compiled(yaml: string) {
  const loaded = loadScenario({ name: 'again.yaml', text: yaml });
  if (!loaded.ok) expect.fail(JSON.stringify(loaded.diagnostics));
  return loaded.scenario.stage;
}

const bare = ({ issues, parties }: AdditiveDomain) => ({
  issues,
  parties: parties.map(({ name: _, ...rest }) => rest),
});

describe('what is written as GENIUS XML', () => {
  it('reads back as the same domain, bit for bit, whatever its names and numbers', () => {
    fc.assert(
      fc.property(domains, (domain) => {
        // toEqual compares numbers with Object.is.
        expect(bare(again(writeGenius(domain), importGenius))).toEqual(bare(domain));
      }),
      { numRuns: 100 },
    );
  });

  const root = 'test/fixtures/conformance';
  it.each(existsSync(`${root}/domains`) ? readdirSync(`${root}/domains`) : [])(
    'gives %s back through its scenario, bit for bit',
    (folder) => {
      const files = readdirSync(`${root}/domains/${folder}`).sort();
      const [domain, ...profiles] = files.map((file) => ({
        name: file,
        text: readFileSync(`${root}/domains/${folder}/${file}`, 'utf8'),
      }));
      const read = importGenius(domain, profiles);
      if (!read.ok) expect.fail(JSON.stringify(read.diagnostics));
      const exported = exportGenius(compiled(read.yaml));
      expect(exported.ok && exported.warnings).toEqual([]);
      expect(bare(again(exported, importGenius))).toEqual(bare(read.domain));
    },
  );
});

describe('what is written as GeniusWeb JSON', () => {
  it('reads back as the same domain, bit for bit, the reservation value being what some outcome is worth', () => {
    fc.assert(
      fc.property(domains, fc.array(fc.nat(4), { minLength: 4, maxLength: 4 }), (domain, picks) => {
        const levels = domain.issues.map(({ values }, i) => picks[i] % values.length);
        const parties = domain.parties.map((one) => ({ ...one, discount: 1, reservation: utilityOf(one, levels) }));
        const given = { ...domain, parties };
        expect(bare(again(writeGeniusWeb(given), importGeniusWeb))).toEqual(bare(given));
      }),
      { numRuns: 100 },
    );
  });

  it('refuses a reservation value that no outcome has, and a discount', () => {
    const tables = [[1, 0.5]];
    const one = { name: 'one', weights: [1], tables, reservation: 0.7, discount: 1 };
    const domain = {
      name: 'd',
      issues: [{ name: 'i', values: ['a', 'b'] }],
      parties: [one, { ...one, reservation: 0.5, discount: 0.9 }],
    };
    const files = writeGeniusWeb(domain);
    expect(files.ok ? [] : files.refusals.map(({ code }) => code)).toEqual(['discount']);
    const undiscounted = writeGeniusWeb({ ...domain, parties: [one, one] });
    expect(undiscounted.ok ? '' : undiscounted.refusals[0].message).toMatch(
      /0\.7; the nearest outcome is worth (0\.5|1)$/,
    );
  });
});

const SCENARIO = `
hashpact: 1
id: weir
title: The weir
issues:
  - {kind: options, id: height, options: [low, middle, high]}
  - {kind: levels, id: fee, levels: [0, 10, 25]}
parties:
  - id: miller
    terms:
      - {kind: table, id: power, issue: height, values: {low: -20, middle: 40, high: 90}}
      - {kind: curve, id: cost, issue: fee, points: [[0, 0], [25, -50]]}
    reservation: 5
    stance: boulware
  - id: eel_fisher
    terms:
      - {kind: table, id: eels, issue: height, values: {low: 30, middle: 10, high: 0}}
      - {kind: table, id: money, issue: fee, values: {0: 0, 10: 7, 25: 20}}
    reservation: none
    stance: conceder
  - id: town
    terms:
      - {kind: table, id: floods, issue: height, weight: 2, values: {low: 0, middle: -1, high: -8}}
      - {kind: table, id: income, issue: fee, values: {0: 0, 10: 3, 25: 5}}
      - {kind: table, id: bridge, issue: height, values: {low: 1}, otherwise: 0}
    reservation: 0
    stance: linear
protocol: {kind: alternating_offers, rounds: 20}
`;

describe('a scenario of one’s own', () => {
  it('is exported as what its utilities are, scaled to [0, 1], to the last few bits', () => {
    const stage = compiled(SCENARIO);
    // GeniusWeb states a reservation value by an outcome of that worth, which the miller's 5 is not.
    const free = compiled(
      SCENARIO.replace('reservation: 5', 'reservation: none').replace('reservation: 0', 'reservation: none'),
    );
    const refusedWeb = exportGeniusWeb(stage);
    expect(refusedWeb.ok ? [] : refusedWeb.refusals.map(({ code }) => code)).toContain('reservation');
    for (const [exporter, read] of [
      [exportGenius, importGenius],
      [exportGeniusWeb, importGeniusWeb],
    ] as const) {
      const files = exporter(exporter === exportGenius ? stage : free);
      expect(
        files.ok && files.warnings.some((warning) => /town: values were scaled from \[-16, 6\]/.test(warning)),
      ).toBe(true);
      const { parties, issues } = again(files, read);
      expect(issues[1].values).toEqual(['0', '10', '25']);
      for (const [seat, one] of parties.entries()) {
        const { utilities } = stage.appraiser.valuation(stage.world);
        for (const outcome of stage.space.allowed) {
          expect(utilityOf(one, [...stage.space.decode(outcome)])).toBeCloseTo(utilities[seat][outcome], 14);
        }
      }
      if (exporter === exportGenius) expect(parties[0].reservation).toBeCloseTo(75 / 160, 14);
    }
  });

  const refused = (yaml: string) => {
    const files = exportGenius(compiled(yaml));
    return files.ok ? [] : files.refusals.map(({ code }) => code);
  };

  it('is refused by name where a term ties two issues together', () => {
    const tied = SCENARIO.replace(
      '    reservation: 0\n',
      '      - {kind: interaction, id: flood_fund, issues: [height, fee], values: {high: {25: 6}}}\n    reservation: 0\n',
    );
    const files = exportGenius(compiled(tied));
    if (files.ok) expect.fail('was exported');
    expect(files.refusals).toHaveLength(1);
    expect(files.refusals[0].message).toBe(
      'the term "flood_fund" of town depends on several issues at once (height, fee)',
    );
  });

  it('is refused where outcomes are forbidden, waiting costs a fee, or nothing matters to a party', () => {
    expect(refused(`${SCENARIO}constraints: [{id: dry, forbid: "height == 'high' && fee > 10"}]\n`)).toEqual([
      'constraint',
    ]);
    expect(refused(SCENARIO.replace('reservation: none', 'reservation: none\n    delay_cost: 1'))).toEqual([
      'delay-cost',
    ]);
    const indifferent = SCENARIO.replace('{low: 30, middle: 10, high: 0}', '{low: 1, middle: 1, high: 1}').replace(
      '{0: 0, 10: 7, 25: 20}',
      '{0: 2, 10: 2, 25: 2}',
    );
    expect(refused(indifferent)).toEqual(['flat']);
  });
});
