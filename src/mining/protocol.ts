/**
 * Bitcoin's protocol arithmetic, exact: compact bits, target, difficulty, retarget, subsidy, supply.
 * Source: Bitcoin Core, arith_uint256, pow.cpp and validation.cpp (behaviour; the vectors are in data/test_vectors.csv, TV01..TV10).
 */
import { MiningInputError, requireInRange } from './inputError.ts';

/** 2^32: the hashes that difficulty 1 stands for, within 1.5e-5 (exactly 2^48 / 65535). */
export const HASHES_PER_DIFFICULTY = 4294967296;
export const BLOCK_SECONDS = 600;
export const SECONDS_PER_DAY = 86400;
/** Blocks a day when the hash rate is what the difficulty implies. */
export const BLOCKS_PER_DAY = SECONDS_PER_DAY / BLOCK_SECONDS;
export const BLOCKS_PER_RETARGET = 2016;
export const BLOCKS_PER_HALVING = 210_000;
export const SATOSHI_PER_BTC = 100_000_000;

const DIFFICULTY_ONE_TARGET = 0xffffn << 208n;
/** Largest target mainnet allows; its compact form is 0x1d00ffff. */
export const POW_LIMIT = (1n << 224n) - 1n;
/** Two weeks: what 2016 blocks should take, though only the 2015 intervals between them are measured. */
export const RETARGET_SECONDS = 1_209_600;

/** Target of a block header's compact bits: mantissa x 256^(exponent - 3). Refuses negative and 256-bit-overflowing encodings. */
export const targetFromBits = (bits: number): bigint => {
  requireInteger('bits', bits, 0xffffffff);
  const exponent = bits >>> 24;
  const mantissa = BigInt(bits & 0x7fffff);
  if ((bits & 0x800000) !== 0 && mantissa !== 0n) throw new MiningInputError('bits', bits, 'a positive compact target');
  const target = exponent <= 3 ? mantissa >> BigInt(8 * (3 - exponent)) : mantissa << BigInt(8 * (exponent - 3));
  if (target >> 256n !== 0n) throw new MiningInputError('bits', bits, 'a target below 2^256');
  return target;
};

/** Compact bits of a target, rounded down to a 23-bit mantissa as consensus does. */
export const bitsFromTarget = (target: bigint): number => {
  if (target < 0n || target >> 256n !== 0n) throw new MiningInputError('target', target, 'from 0 to 2^256 - 1');
  let size = Math.ceil(target.toString(2).length / 8);
  if (target === 0n) size = 0;
  let mantissa = size <= 3 ? Number(target) << (8 * (3 - size)) : Number(target >> BigInt(8 * (size - 3)));
  if ((mantissa & 0x800000) !== 0) {
    mantissa >>= 8; // the top bit of the mantissa is a sign
    size++;
  }
  return (mantissa | (size << 24)) >>> 0;
};

/** Difficulty as nodes report it: 0xffff / mantissa, scaled by powers of 256. Like them it reads the sign bit as part of the mantissa. */
export const difficultyFromBits = (bits: number): number => {
  requireInteger('bits', bits, 0xffffffff);
  const mantissa = bits & 0xffffff;
  if (mantissa === 0) throw new MiningInputError('bits', bits, 'a compact target other than 0');
  let difficulty = 0xffff / mantissa;
  for (let exponent = bits >>> 24; exponent < 29; exponent++) difficulty *= 256;
  for (let exponent = bits >>> 24; exponent > 29; exponent--) difficulty /= 256;
  return difficulty;
};

/** Difficulty of a full 256-bit target, correctly rounded to a double. */
export const difficultyFromTarget = (target: bigint): number => {
  if (target <= 0n) throw new MiningInputError('target', target, 'above 0');
  // 80 quotient bits below the point, and a sticky last one, so that the single rounding is the right one
  const shift = BigInt(80 + target.toString(2).length);
  const numerator = DIFFICULTY_ONE_TARGET << shift;
  const sticky = numerator % target === 0n ? 0n : 1n;
  let difficulty = Number(((numerator / target) << 1n) | sticky);
  for (let i = 0n; i <= shift; i++) difficulty /= 2;
  return difficulty;
};

/** Largest target whose difficulty is at least the one given (a double taken as the exact rational it is). */
export const targetFromDifficulty = (difficulty: number): bigint => {
  requireDifficulty(difficulty);
  let d = difficulty;
  let shift = 0n;
  for (; d !== Math.floor(d); shift++) d *= 2;
  const target = (DIFFICULTY_ONE_TARGET << shift) / BigInt(d);
  return target >> 256n === 0n ? target : (1n << 256n) - 1n;
};

/** Compact bits whose difficulty, as nodes print it, is nearest to the one given; a printed difficulty gives its block's bits back. */
export const bitsFromDifficulty = (difficulty: number): number => {
  const below = bitsFromTarget(targetFromDifficulty(difficulty));
  // A larger mantissa is a lower difficulty; 0x007fffff is followed by the next exponent's 0x008000.
  const above = (below & 0xffffff) === 0x7fffff ? ((below >>> 24) + 1) * 0x1000000 + 0x8000 : below + 1;
  const miss = (bits: number) => Math.abs(difficultyFromBits(bits) - difficulty);
  return miss(above) < miss(below) ? above : below;
};

/**
 * Compact bits of the next 2016 blocks. The two times (unix seconds) are those of the period's first and last block, 2015 intervals
 * apart: the famous off-by-one, which makes blocks 1/2015 faster than meant. Clamped to a factor of 4 either way.
 */
export const retargetBits = (period: { bits: number; firstTimeUnix: number; lastTimeUnix: number }): number => {
  requireInteger('firstTimeUnix', period.firstTimeUnix, Number.MAX_SAFE_INTEGER);
  requireInteger('lastTimeUnix', period.lastTimeUnix, Number.MAX_SAFE_INTEGER);
  const taken = clampedRetargetSeconds(period.lastTimeUnix - period.firstTimeUnix);
  const target = (targetFromBits(period.bits) * BigInt(taken)) / BigInt(RETARGET_SECONDS);
  return bitsFromTarget(target > POW_LIMIT ? POW_LIMIT : target);
};

export const clampedRetargetSeconds = (seconds: number): number =>
  Math.min(Math.max(seconds, RETARGET_SECONDS / 4), RETARGET_SECONDS * 4);

/** Newly minted satoshi in a block; halves every 210,000 blocks, 0 after 64 halvings. */
export const subsidySatoshi = (height: number): number => {
  requireInteger('height', height, Number.MAX_SAFE_INTEGER);
  const halvings = Math.floor(height / BLOCKS_PER_HALVING);
  return halvings >= 64 ? 0 : Number(5_000_000_000n >> BigInt(halvings));
};

export const subsidyBtc = (height: number): number => subsidySatoshi(height) / SATOSHI_PER_BTC;

/** Satoshi minted by blocks 0 .. height together (genesis counted, though its coin cannot be spent). */
export const supplySatoshi = (height: number): number => {
  requireInteger('height', height, Number.MAX_SAFE_INTEGER);
  let total = 0;
  let blocks = height + 1;
  for (let era = 0; era < 64 && blocks > 0; era++) {
    total += Math.min(blocks, BLOCKS_PER_HALVING) * subsidySatoshi(era * BLOCKS_PER_HALVING);
    blocks -= BLOCKS_PER_HALVING;
  }
  return total;
};

/** Hashes to expect before a block is found: difficulty x 2^32, the convention of every hashprice table. */
export const expectedHashesPerBlock = (difficulty: number): number =>
  requireDifficulty(difficulty) * HASHES_PER_DIFFICULTY;

/** The same from the target itself: 2^256 / (target + 1), rounded down. */
export const expectedHashesFromTarget = (target: bigint): bigint => (1n << 256n) / (target + 1n);

/** Hash rate (EH/s) at which blocks take 600 s on average. */
export const hashRateEhsFromDifficulty = (difficulty: number): number =>
  expectedHashesPerBlock(difficulty) / BLOCK_SECONDS / 1e18;

export const difficultyFromHashRateEhs = (hashRateEhs: number): number =>
  (requireInRange('hashRateEhs', hashRateEhs, { min: 0, max: 1e9, above: true, unit: 'EH/s' }) * 1e18 * BLOCK_SECONDS) /
  HASHES_PER_DIFFICULTY;

/** Mean blocks a day while the difficulty lags the hash rate (Poisson mean). */
export const blocksPerDay = (at: { hashRateEhs: number; difficulty: number }): number =>
  (BLOCKS_PER_DAY * at.hashRateEhs) / hashRateEhsFromDifficulty(at.difficulty);

/** Refuses what no difficulty can be: 0, negative, NaN, or beyond 1e25 (published test vectors reach 5.9e24). */
export const requireDifficulty = (difficulty: number): number =>
  requireInRange('difficulty', difficulty, { min: 0, max: 1e25, above: true, unit: '' });

const requireInteger = (field: string, value: number, max: number) => {
  if (!Number.isInteger(value) || value < 0 || value > max)
    throw new MiningInputError(field, value, `a whole number from 0 to ${max}`);
};
