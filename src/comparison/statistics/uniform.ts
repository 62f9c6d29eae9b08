/**
 * Counter-based chance for resampling: a draw is a function of (seed, counters), so there is no generator to save, share or rewind,
 * and adding a column, a worker or a resample never moves another draw.
 *
 * The mixing step is the 32-bit finaliser of MurmurHash3 (A. Appleby, public domain) between rounds of a Weyl sequence; it is meant for
 * statistics, not for secrets.
 */

/** 32 random bits of a seed and up to three counters (all taken modulo 2^32). */
export const bits = (seed: number, a: number, b = 0, c = 0): number => {
  let h = mix((seed | 0) ^ 0x9e3779b9);
  h = mix(Math.imul(h, 0x01000193) + (a | 0) + 0x7f4a7c15);
  h = mix(Math.imul(h, 0x01000193) + (b | 0) + 0x3c6ef372);
  return mix(Math.imul(h, 0x01000193) + (c | 0) + 0x1b873593) >>> 0;
};

/** A number in [0, 1) with 32 random bits. */
export const uniform = (seed: number, a: number, b = 0, c = 0): number => bits(seed, a, b, c) / 4294967296;

/** An index in 0..size-1; the bias is below size / 2^32. */
export const below = (size: number, seed: number, a: number, b = 0, c = 0): number =>
  Math.floor((bits(seed, a, b, c) * size) / 4294967296);

const mix = (x: number): number => {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};
