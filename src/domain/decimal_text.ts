/**
 * A finite number in decimal: thousands set apart by commas, `least` to `most` decimals, halves of its shortest decimal form rounded away from zero; what
 * `toLocaleString('en-US')` writes. Its own because the first use of `Intl` costs a start some 30 ms, and because ICU's data differ between Node versions.
 *
 * @example
 * decimalText(1234.5, 0, 3); // '1,234.5'
 * decimalText(1.005, 2, 2); // '1.01'
 */
export function decimalText(x: number, least: number, most: number): string {
  const [mantissa, exponent = '0'] = String(Math.abs(x)).split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  const digits = whole + fraction;
  const kept = whole.length + Number(exponent) + most;
  const up = kept >= 0 && digits[kept] >= '5';
  const scaled = BigInt(digits.slice(0, Math.max(0, kept)).padEnd(kept, '0') || '0') + (up ? 1n : 0n);
  const text = String(scaled).padStart(most + 1, '0');
  const decimals = text
    .slice(text.length - most)
    .replace(/0+$/, '')
    .padEnd(least, '0');
  const thousands = text.slice(0, text.length - most).replace(/\B(?=(?:\d{3})+$)/g, ',');
  const minus = x < 0 || Object.is(x, -0) ? '-' : '';
  return minus + thousands + (decimals === '' ? '' : `.${decimals}`);
}
