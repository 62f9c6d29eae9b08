import { type Game, profileCount, profileIndex, profileOf } from './game.ts';
import { decimal } from './rational.ts';

/**
 * A game as Gambit's `.nfg` file in payoff format, which every Gambit tool reads. There the FIRST player's strategy varies fastest, unlike
 * in `Game`. Payoffs are plain decimals, exact. Labels keep their text except that Gambit reads no backslash or line break in one (they
 * become `/` and a space), and an empty or repeated label gets a number, since Gambit refuses those.
 */
export const toNfg = (game: Game, title: string, comment = ''): string => {
  const lines = [`NFG 1 R ${quote(title)} { ${distinct(game.players).map(quote).join(' ')} }`, '', '{'];
  for (const list of game.strategies) lines.push(`  { ${distinct(list).map(quote).join(' ')} }`);
  lines.push('}', quote(comment), '');
  const n = game.players.length;
  for (const profile of firstFastest(game)) {
    const at = profileIndex(game, profile) * n;
    lines.push(Array.from(game.payoff.subarray(at, at + n), plain).join(' '));
  }
  return `${lines.join('\n')}\n`;
};

/** Reads what `toNfg` writes: payoff format with labels; numbers may also be fractions. Throws a sentence on anything else. */
export const fromNfg = (text: string): Game & { readonly title: string; readonly comment: string } => {
  const tokens = [...text.matchAll(/"((?:[^"\\]|\\[\s\S])*)"|[{}]|[^\s{}"]+/g)];
  let at = 0;
  const next = (what: string): RegExpExecArray => {
    const token = tokens[at++];
    if (!token) throw new SyntaxError(`nfg: the file ends where ${what} should be`);
    return token;
  };
  const expect = (symbol: string): void => {
    const [found] = next(symbol);
    if (found !== symbol) throw new SyntaxError(`nfg: ${symbol} expected, found ${found}`);
  };
  const label = (): string => {
    const [found, inside] = next('a label');
    if (inside === undefined) throw new SyntaxError(`nfg: a label expected, found ${found}`);
    return inside.replaceAll('\\"', '"');
  };
  const list = (): string[] => {
    const labels: string[] = [];
    expect('{');
    while (tokens[at]?.[0] !== '}') labels.push(label());
    at++;
    return labels;
  };
  for (const word of ['NFG', '1']) expect(word);
  if (!'RD'.includes(next('R or D')[0])) throw new SyntaxError('nfg: R or D expected after the version');
  const title = label();
  const players = list();
  expect('{');
  const strategies = players.map(list);
  expect('}');
  const comment = tokens[at]?.[1] === undefined ? '' : label();
  const count = strategies.reduce((product, s) => product * s.length, 1);
  const game = { players, strategies, payoff: new Float64Array(count * players.length), title, comment };
  for (const profile of firstFastest(game)) {
    const first = profileIndex(game, profile) * players.length;
    for (let i = 0; i < players.length; i++) game.payoff[first + i] = number(next('a payoff')[0]);
  }
  if (at < tokens.length) throw new SyntaxError(`nfg: ${tokens.length - at} words too many after the payoffs`);
  return game;
};

// ---- helpers

const quote = (text: string): string =>
  `"${text
    .replaceAll('\\', '/')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('"', '\\"')}"`;

const distinct = (labels: readonly string[]): string[] => {
  const used = new Set<string>();
  return labels.map((label) => {
    let out = label.trim() === '' ? '_1' : label;
    for (let k = 2; used.has(out); k++) out = `${label.trim() === '' ? '' : label}_${k}`;
    used.add(out);
    return out;
  });
};

const firstFastest = (game: Game): number[][] => {
  const reversed = { strategies: game.strategies.toReversed() };
  return Array.from({ length: profileCount(game) }, (_, p) => profileOf(reversed, p).reverse());
};

/** A double as a decimal without exponent. */
const plain = (x: number): string => {
  const { digits, exponent } = decimal(x);
  const sign = digits < 0n ? '-' : '';
  const text = `${digits < 0n ? -digits : digits}`;
  if (exponent >= 0) return `${sign}${text}${digits === 0n ? '' : '0'.repeat(exponent)}`;
  const padded = text.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
};

const number = (text: string): number => {
  const [over, under = '1'] = text.split('/');
  const value = Number(over) / Number(under);
  if (!Number.isFinite(value)) throw new SyntaxError(`nfg: ${text} is no number`);
  return value;
};
