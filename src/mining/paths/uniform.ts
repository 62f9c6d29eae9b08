/**
 * Chance for price paths as a pure function of where it is used: (seed, path, month, draw) -> uniform in (0, 1).
 *
 * Counter-based, so there is no generator state: paths can be drawn in any order, any number of them, and path 7 is the same whether
 * 10 or 10,000 are asked for (common random numbers). Each lane is a 32-bit counter sent twice through a bijective xor-shift-multiply
 * mixer (the shape of MurmurHash3's finaliser; multipliers 0x21f0aaad, 0x735a2d97 found by the hash-prospector search for low bias,
 * public domain). Two lanes give 53 bits. Not for cryptography.
 */

/** A bijection of (signed) 32-bit words that flips every output bit with probability close to one half. */
export const mix32 = (word: number): number => {
  let x = word ^ (word >>> 16);
  x = Math.imul(x, 0x21f0aaad);
  x ^= x >>> 15;
  x = Math.imul(x, 0x735a2d97);
  return x ^ (x >>> 15);
};

/** The two lane keys of one path, derived once. `seed` and `path` are non-negative integers below 2^53. */
export const pathKey = (seed: number, path: number): readonly [number, number] => {
  const a = absorb(absorb(0x9e3779b9, seed), path);
  const b = absorb(absorb(0x7f4a7c15, path), seed);
  return [mix32(a ^ 0x85ebca6b), mix32(b ^ 0xc2b2ae35)];
};

/** Uniform on the open interval (0, 1) in steps of 2^-53; `month` < 2^24, `draw` < 256. */
export const uniformOf = (key: readonly [number, number], month: number, draw: number): number => {
  const at = (month << 8) | draw;
  const high = mix32((mix32(key[0] ^ at) + key[1]) | 0);
  const low = mix32((mix32(key[1] ^ Math.imul(at, 0x9e3779b1)) + key[0]) | 0);
  return ((high >>> 5) * 67108864 + (low >>> 6) + 0.5) / 9007199254740992;
};

/** The same in one call, for readers and tests. */
export const uniform = (seed: number, path: number, month: number, draw: number): number =>
  uniformOf(pathKey(seed, path), month, draw);

const absorb = (state: number, value: number): number => {
  const low = (value % 4294967296) >>> 0;
  const high = Math.floor(value / 4294967296) | 0;
  return mix32((mix32(state ^ low) + high + 0x632be59b) | 0);
};
