import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AdditiveDomain } from '../../src/scenario/genius/additive.ts';
import { importGenius } from '../../src/scenario/genius/import.ts';
import { importGeniusWeb } from '../../src/scenario/geniusweb/import.ts';
import { loadScenario } from '../../src/scenario/load.ts';

interface Golden {
  readonly issues: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly profiles: readonly {
    readonly file: string;
    readonly weights: readonly number[];
    readonly values: readonly (readonly number[])[];
    readonly reservationValue: number;
    readonly discountFactor: number;
  }[];
  readonly negotiations: readonly { readonly agreementIndex: number | null; readonly utilities: readonly number[] }[];
}

const SETS = [
  { name: 'own', root: 'test/fixtures/conformance', count: 6 },
  { name: 'negmas', root: '../shared/conformance/negmas', count: 14 },
];

/** The convention of the golden files, written again here: weight * value, issues left to right, the last issue fastest. */
function utilities({ weights, values }: Golden['profiles'][number]): number[] {
  return values.reduce<number[]>(
    (sums, table, i) => sums.flatMap((sum) => table.map((value) => sum + weights[i] * value)),
    [0],
  );
}

function read(root: string, domain: string) {
  const folder = `${root}/domains/${domain}`;
  const golden = JSON.parse(readFileSync(`${root}/golden/${domain}.json`, 'utf8')) as Golden;
  const source = (name: string) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') });
  const profiles = golden.profiles.map(({ file }) => file);
  const others = readdirSync(folder).filter((file) => !profiles.includes(file));
  expect(others).toHaveLength(1);
  const load = others[0].endsWith('.json') ? importGeniusWeb : importGenius;
  return { golden, imported: load(source(others[0]), profiles.map(source)) };
}

for (const { name, root, count } of SETS) {
  const present = existsSync(`${root}/golden`);
  const domains = present ? readdirSync(`${root}/domains`).sort() : [];
  describe.skipIf(!present)(
    `${name} domains ${present ? `(${domains.length} found)` : `(${root} is absent: skipped)`}`,
    () => {
      it(`are all there: ${count}`, () => expect(domains).toHaveLength(count));

      it.each(domains)('%s is read with the weights, values and reservation values of the golden file', (domain) => {
        const { golden, imported } = read(root, domain);
        if (!imported.ok) expect.fail(JSON.stringify(imported.diagnostics));
        const got: AdditiveDomain = imported.domain;
        expect(got.issues).toEqual(golden.issues);
        expect(got.parties).toHaveLength(golden.profiles.length);
        for (const [seat, profile] of golden.profiles.entries()) {
          const { weights, tables, reservation, discount } = got.parties[seat];
          // toEqual compares numbers with Object.is: bit for bit.
          expect({ weights, values: tables }).toEqual({ weights: profile.weights, values: profile.values });
          expect({ reservation, discount }).toEqual({
            reservation: profile.reservationValue,
            discount: profile.discountFactor,
          });
        }
      });

      it.each(domains)('%s becomes a scenario with the utilities of the golden file, bit for bit', (domain) => {
        const { golden, imported } = read(root, domain);
        if (!imported.ok) expect.fail(JSON.stringify(imported.diagnostics));
        const loaded = loadScenario({ name: `${domain}.yaml`, text: imported.yaml });
        if (!loaded.ok) expect.fail(JSON.stringify(loaded.diagnostics));
        const { appraiser, world, space } = loaded.scenario.stage;
        const valuation = appraiser.valuation(world);
        for (const [seat, profile] of golden.profiles.entries()) {
          const wanted = Float64Array.from(utilities(profile));
          expect(space.allowed).toHaveLength(wanted.length);
          const apart = wanted.findIndex((u, outcome) => !Object.is(u, valuation.utilities[seat][outcome]));
          expect(apart, `first outcome whose utility differs for ${profile.file}`).toBe(-1);
          expect(appraiser.reservation(seat, world)).toBe(profile.reservationValue);
        }
        const agreed = golden.negotiations.filter(({ agreementIndex }) => agreementIndex !== null);
        for (const { agreementIndex, utilities: reported } of agreed) {
          expect(valuation.utilities.map((of) => of[agreementIndex!])).toEqual(reported);
        }
      });
    },
  );
}
