/** A figure for people: thousands apart, a true minus sign, and a dash for what does not exist. */
export function figureText(x: number | null | undefined, digits?: number): string {
  if (x === null || x === undefined || Number.isNaN(x)) return '–';
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '−∞';
  const fixed = Math.abs(x).toFixed(digits ?? digitsFor(x));
  const [whole, fraction] = fixed.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const zero = Number(fixed) === 0;
  return `${x < 0 && !zero ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** As many decimals as a utility or an amount of money needs. */
export const digitsFor = (x: number): number => (Math.abs(x) < 10 ? 3 : Math.abs(x) < 1000 ? 1 : 0);

/** The decimals that suit figures standing together. */
export const digitsTogether = (all: readonly number[]): number =>
  digitsFor(all.reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0));

/** Six significant digits and no idle zeros: for figures that were given or found to more than three. */
export function precise(x: number): string {
  if (!Number.isFinite(x)) return figureText(x);
  let whole = 1;
  for (let rest = Math.abs(x); rest >= 10 && whole < 6; rest /= 10) whole++;
  return figureText(x, 6 - whole)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

export const signed = (x: number, digits?: number): string => {
  const text = figureText(x, digits);
  return x > 0 && /[1-9]/.test(text) ? `+${text}` : text;
};

export const percent = (x: number | null | undefined): string => {
  if (x === null || x === undefined || Number.isNaN(x)) return '–';
  const share = 100 * x;
  if (share > 0 && share < 0.01) return '< 0.01 %';
  return `${figureText(share, share > 0 && share < 1 ? 2 : share < 10 && !Number.isInteger(share) ? 1 : 0)} %`;
};

/** An interval in words: nothing where one observation has none, and where all were alike. */
export function rangeText({ low, high, n }: { low: number; high: number; n: number }, digits?: number): string {
  if (n < 2) return '';
  return low === high ? '' : `${figureText(low, digits)} – ${figureText(high, digits)}`;
}

/** An id in words. */
export const words = (id: string): string => id.replaceAll('_', ' ');

/** `1 round`, `2 rounds`. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${figureText(n, 0)} ${n === 1 ? one : many}`;
