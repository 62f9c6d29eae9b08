import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimalText } from '../../src/domain/decimal_text.ts';

const asIntl = (x: number, least: number, most: number) =>
  x.toLocaleString('en-US', { minimumFractionDigits: least, maximumFractionDigits: most });

it('a number reads as the locale of the United States writes it', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  const ordinary = fc
    .integer({ min: -2e9, max: 2e9 })
    .chain((n) => fc.integer({ min: 0, max: 7 }).map((e) => n / Number(`1e${e}`)));
  for (const numbers of [finite, ordinary]) {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), (x, least, more) => {
        expect(decimalText(x, least, least + more)).toBe(asIntl(x, least, least + more));
      }),
      { numRuns: 2_000 },
    );
  }
});

it('halves of what a person reads are rounded away from zero, however the double falls', () => {
  expect(decimalText(1.005, 2, 2)).toBe('1.01');
  expect(decimalText(0.5, 0, 0)).toBe('1');
  expect(decimalText(0.05, 0, 0)).toBe('0');
  expect(decimalText(999_999.5, 0, 0)).toBe('1,000,000');
  expect(decimalText(-1234.5, 0, 3)).toBe('-1,234.5');
});
