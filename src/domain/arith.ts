/**
 * Elementary functions that give the same bits on every machine and Node version.
 *
 * `Math.exp`, `Math.pow` and their kin are left to the engine by ECMAScript and do change in the last bit between releases. These
 * are built only on + - * / sqrt fround and bit views, which IEEE 754 fixes. Tables come from exact integer arithmetic at load, so there
 * is no constant to mistype. Errors measured against exact arithmetic: exp, log, pow below 0.6 ulp, log1p and expm1 below 2 ulp,
 * normalCdf below 1e-15 relative for x >= -10 and 1e-14 in the further tail, normalInv below 1e-15 absolute. Special cases are
 * ECMAScript's, which are IEEE 754's but for one: a base of +-1 with an infinite or NaN exponent is NaN, not 1.
 *
 * Method: table-driven reduction and short Taylor polynomials, after P. T. P. Tang, ACM TOMS 15(2) 1989 and 16(4) 1990; error-free
 * sums and products after T. J. Dekker, Numer. Math. 18 (1971).
 */

/** e^x. Overflows to Infinity above 709.78, underflows through the subnormals to 0 below -745.13. */
export const exp = (x: number): number => {
  if (x > 710) return Infinity;
  if (x < -746) return 0;
  return expOf(x, 0);
};

/** Natural logarithm; log(0) = -Infinity, log(negative) = NaN. */
export const log = (x: number): number => {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x > 0 ? x : NaN;
  let v = x;
  let k = 0;
  if (x < 1e-300 || x > 1e300) {
    const up = x < 1;
    v = up ? x * TWO_54 : x / TWO_54; // keeps 2^-k and every step normal
    k = up ? -54 : 54;
  }
  view[0] = v;
  const top = words[HIGH];
  const cell = (top >>> 13) & 127;
  const e = (top >>> 20) - (cell >= 53 ? 1022 : 1023);
  k += e;
  const z = v * POWER_OF_TWO[1022 - e]; // x = 2^k z, z in [0.71, 1.42); rewriting the exponent's bits is slower
  const c = INVERSE[cell];
  const head = Math.fround(z);
  const r = head * c - 1 + (z - head) * c;
  const hi = k * LN2_HI + LOG_HI[cell];
  const s = hi + r;
  return s + (hi - s + r + (k * LN2_LO + LOG_LO[cell] + r * r * logTail(r)));
};

/** log(1 + x) without losing a small x. */
export const log1p = (x: number): number => {
  if (!(x > -1) || x === Infinity) return x === -1 ? -Infinity : x > 0 ? x : NaN;
  if (Math.abs(x) < 5.5e-17) return x;
  if (x > -0.00390625 && x < 0.0078125) return x + x * x * logTail(x);
  const u = 1 + x;
  // What the sum 1 + x lost; it shifts the logarithm by lost / u.
  const lost = x > 1 ? 1 - (u - x) : x - (u - 1);
  return log(u) + lost / u;
};

/** e^x - 1 without losing a small x. */
export const expm1 = (x: number): number => {
  if (x > 710) return Infinity;
  if (x < -40) return -1;
  if (Number.isNaN(x) || x === 0) return x;
  const k = Math.floor(x * STEPS_PER_UNIT + 0.5);
  const r = x - k * STEP_HI - k * STEP_LO;
  const p = expTail(r);
  if (k === 0) return p;
  const m = k >> 6;
  if (m > 60) return exp(x);
  const scale = POWER_OF_TWO[m + 1022];
  const hi = ROOT_HI[k & 63] * scale;
  const lo = (ROOT_LO[k & 63] + ROOT_HI[k & 63] * p) * scale;
  const a = hi - 1;
  const b = hi - a; // exact tail of hi - 1, whichever is larger
  return a + (hi - (a + b) + (b - 1) + lo);
};

/** x to the power y: correctly rounded whenever the result is exact (3^5 is 243), x*x for y = 2, sqrt(x) for y = 0.5. */
export const pow = (x: number, y: number): number => {
  if (y === 0) return 1;
  if (y === 1) return x;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (y === 2) return x * x;
  if (y === -1) return 1 / x;
  const size = Math.abs(x);
  if (y === Infinity || y === -Infinity) return size === 1 ? NaN : size > 1 === y > 0 ? Infinity : 0;
  const odd = Math.abs(y) < 9007199254740992 && y % 2 !== 0 && y === Math.floor(y);
  if (size === 0 || size === Infinity) {
    const magnitude = (size === 0) === y > 0 ? 0 : Infinity;
    return odd && (x < 0 || 1 / x < 0) ? -magnitude : magnitude;
  }
  if (x < 0 && y !== Math.floor(y)) return NaN;
  if (y === 0.5) return Math.sqrt(x);
  const magnitude = powOfPositive(size, y);
  return x < 0 && odd ? -magnitude : magnitude;
};

/** Standard normal distribution function. In the lower tail it keeps its relative accuracy down to the subnormals. */
export const normalCdf = (x: number): number => {
  if (x > 0) return x > 8.3 ? 1 : 1 - lowerTail(x);
  return x < -38.6 ? 0 : lowerTail(-x);
};

/** Standard normal density. */
export const normalPdf = (x: number): number => {
  if (Math.abs(x) > 39) return 0;
  const head = Math.fround(x);
  const tail = x - head;
  // x^2 to twice the precision, or exp would multiply its rounding by x^2 / 2
  return INV_SQRT_2PI * expOf(-0.5 * head * head, -0.5 * tail * (head + x));
};

/** Standard normal quantile: normalInv(0) = -Infinity, normalInv(1) = Infinity, NaN outside [0, 1]. About 10 ns. */
export const normalInv = (p: number): number => {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  const d = p - 0.5;
  if (Math.abs(d) < 0.0078125) {
    const t = TWO_PI * d * d; // Maclaurin series of the inverse error function, in 2 pi d^2
    return SQRT_2PI * d * (1 + t * (1 / 6 + t * (7 / 120 + t * (127 / 5040 + (t * 4369) / 362880))));
  }
  return d > 0 ? -lowerQuantile(1 - p) : lowerQuantile(p);
};

/** Sum with Neumaier's compensation: exact to about one rounding whatever the order (ZAMM 54, 1974). */
export const sum = (values: ArrayLike<number>): number => {
  let s = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const v = values[i];
    const t = s + v;
    lost += Math.abs(s) >= Math.abs(v) ? s - t + v : v - t + s;
    s = t;
  }
  return Number.isNaN(lost) ? s : s + lost;
};

// ---- helpers ----------------------------------------------------------------------------------------------------------------------

const expTail = (r: number) => r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r / 720))));
const cubicTail = (r: number) => 1 / 3 + r * (-0.25 + r * (0.2 + r * (-1 / 6 + r * (1 / 7 + r * (-0.125 + r / 9)))));
const logTail = (r: number) => -0.5 + r * cubicTail(r);

/** e^(h + l) for a small l; h = k ln2/64 + r, so e^h = 2^(k/64) e^r. */
const expOf = (h: number, l: number): number => {
  const k = Math.floor(h * STEPS_PER_UNIT + 0.5);
  const r = h - k * STEP_HI - k * STEP_LO + l;
  const root = ROOT_HI[k & 63];
  const v = root + (ROOT_LO[k & 63] + root * expTail(r));
  const m = k >> 6;
  if (m > 1023) return v * POWER_OF_TWO[2045] * 2;
  if (m < -1021) return v * POWER_OF_TWO[m + 1022 + 100] * POWER_OF_TWO[1022 - 100];
  return v * POWER_OF_TWO[m + 1022];
};

const view = new Float64Array(1);
const words = new Uint32Array(view.buffer);
view[0] = 1;
const TWO_54 = 18014398509481984;
const HIGH = words[1] === 0 ? 0 : 1; // which half holds sign and exponent
/** x^y for positive finite x, from log x to about 2^-66 and Dekker's product. */
const powOfPositive = (x: number, y: number): number => {
  if (x === 1) return 1;
  if (Math.abs(y) > 1e20) return x > 1 === y > 0 ? Infinity : 0;
  if (Math.abs(y) < 8.470329472543003e-22) return 1;
  let v = x;
  let k = 0;
  if (x < 1e-300 || x > 1e300) {
    const up = x < 1;
    v = up ? x * TWO_54 : x / TWO_54;
    k = up ? -54 : 54;
  }
  view[0] = v;
  const top = words[HIGH];
  const cell = (top >>> 13) & 127;
  const e = (top >>> 20) - (cell >= 53 ? 1022 : 1023);
  k += e;
  const z = v * POWER_OF_TWO[1022 - e];
  const c = INVERSE[cell];
  const head = Math.fround(z);
  const a = head * c - 1; // exact, as is b
  const b = (z - head) * c;
  const r = a + b;
  const carried = r - a;
  const rLow = a - (r - carried) + (b - carried);
  const r1 = Math.fround(r);
  const r2 = r - r1;
  const square = 0.5 * r1 * r1;
  const squareLow = r1 * r2 + 0.5 * r2 * r2 + r * rLow;
  const hi = k * LN2_HI + LOG_HI[cell];
  const s = hi + r;
  const s2 = s - square;
  const cubic = r * r * r * cubicTail(r);
  const low = hi - s + r + (s - s2 - square) + (rLow - squareLow + (k * LN2_LO + LOG_LO[cell] + cubic));
  const l = s2 + low;
  const lLow = s2 - l + low;
  const p = y * l;
  if (p > 710) return Infinity;
  if (p < -746) return 0;
  const y1 = y * 134217729 - (y * 134217729 - y);
  const l1 = l * 134217729 - (l * 134217729 - l);
  const pLow = y1 * l1 - p + y1 * (l - l1) + (y - y1) * l1 + (y - y1) * (l - l1) + y * lLow;
  return expOf(p, pLow);
};

/** P(N > x) for x >= 0: density times Mills' ratio, whose Taylor coefficients satisfy (n + 1) a' = x a + a''. */
const lowerTail = (x: number): number => normalPdf(x) * mills(x);

const mills = (x: number): number => {
  if (x >= MILLS_END) return millsFraction(x, 60);
  const node = Math.floor(x * 8 + 0.5);
  return millsNear(node / 8, MILLS[node], x - node / 8);
};

/** Laplace's continued fraction, from the inside out. */
const millsFraction = (x: number, depth: number): number => {
  let f = x;
  for (let n = depth; n > 0; n--) f = x + n / f;
  return 1 / f;
};

const millsNear = (x: number, atX: number, h: number): number => {
  let before = atX;
  let a = x * atX - 1;
  let power = h;
  let total = a * h;
  for (let n = 2; n <= 14; n++) {
    const next = (x * a + before) / n;
    before = a;
    a = next;
    power *= h;
    total += a * power;
  }
  return atX + total;
};

/** Quantile of p in (0, 0.5): a Taylor polynomial per cell of 1/64 binade, Newton below 2^-33. */
const lowerQuantile = (p: number): number => {
  view[0] = p;
  const at = (words[HIGH] >>> 14) - QUANTILE_BASE;
  if (at < 0) return solveQuantile(p, -Math.sqrt(-2 * log(p)));
  const table = quantileTable ?? buildQuantileTable();
  const i = at * QUANTILE_TERMS;
  const h = p - table[i];
  let y = table[i + QUANTILE_TERMS - 1];
  for (let n = QUANTILE_TERMS - 2; n > 0; n--) y = y * h + table[i + n];
  return y;
};

/** Newton on log of the tail, which is concave: it cannot overshoot twice. */
const solveQuantile = (p: number, start: number): number => {
  let x = start;
  for (let i = 0; i < 12; i++) {
    const step = log(lowerTail(-x) / p) * mills(-x);
    x -= step;
    if (Math.abs(step) < 1e-9) break; // quadratic: what is left is below the last bit
  }
  return x;
};

const QUANTILE_TERMS = 10; // cell middle, then coefficients 0..8
const QUANTILE_BASE = (1023 - 33) << 6;
let quantileTable: Float64Array | undefined;

/** Coefficients at each cell's middle from the quantile's equations x' = y, y' = x y^2. */
const buildQuantileTable = (): Float64Array => {
  const cells = 32 * 64;
  const table = new Float64Array(cells * QUANTILE_TERMS);
  let x = 0;
  for (let c = cells - 1; c >= 0; c--) {
    const middle = POWER_OF_TWO[1022 - 33 + (c >> 6)] * (1 + ((c & 63) + 0.5) / 64);
    x = solveQuantile(middle, x);
    const xs = [x];
    const ys = [1 / normalPdf(x)];
    for (let n = 0; n < 8; n++) {
      let xyy = 0;
      for (let i = 0; i <= n; i++) for (let j = 0; i + j <= n; j++) xyy += xs[i] * ys[j] * ys[n - i - j];
      xs.push(ys[n] / (n + 1));
      ys.push(xyy / (n + 1));
    }
    table[c * QUANTILE_TERMS] = middle;
    for (let n = 0; n <= 8; n++) table[c * QUANTILE_TERMS + 1 + n] = xs[n];
  }
  quantileTable = table;
  return table;
};

// ---- tables, by exact integer arithmetic with SCALE fractional bits -----------------------------------------------------------------

const SCALE = 128n;
const ONE = 1n << SCALE;

/** Nearest double of a scaled integer, and the nearest double of what that leaves. */
const split = (v: bigint, unit?: bigint): [number, number] => {
  const head = unit === undefined ? Number(v) : Number((v + unit / 2n) / unit) * Number(unit);
  return [head / Number(ONE), Number(v - BigInt(head)) / Number(ONE)];
};

/** 2 atanh(n / d) = log((d + n) / (d - n)). */
const logOfRatio = (n: bigint, d: bigint): bigint => {
  let power = (ONE * n) / d;
  let total = 0n;
  for (let i = 1n; power !== 0n; i += 2n) {
    total += power / i;
    power = (power * n * n) / (d * d);
  }
  return 2n * total;
};

const integerSqrt = (v: bigint): bigint => {
  let r = BigInt(Math.floor(Math.sqrt(Number(v))));
  for (let i = 0; i < 8; i++) r = (r + v / r) >> 1n;
  return r;
};

const LN2 = logOfRatio(1n, 3n);
const [LN2_HI, LN2_LO] = split(LN2, 1n << (SCALE - 42n)); // k LN2_HI is exact
const [STEP_HI, STEP_LO] = split(LN2 / 64n, 1n << (SCALE - 42n));
const STEPS_PER_UNIT = Number((ONE * ONE * 64n) / LN2) / Number(ONE);

/** Index e + 1022 holds 2^e. */
const POWER_OF_TWO = new Float64Array(2046);
/** 2^(j/64) in two doubles. */
const ROOT_HI = new Float64Array(64);
const ROOT_LO = new Float64Array(64);
/** Per cell of log: a short reciprocal of the cell's middle (1 where the cell touches 1) and minus its logarithm in two doubles. */
const INVERSE = new Float64Array(128);
const LOG_HI = new Float64Array(128);
const LOG_LO = new Float64Array(128);

const INV_SQRT_2PI = 0.3989422804014327;
const SQRT_2PI = 2.5066282746310002;
const TWO_PI = 6.283185307179586;
const MILLS_END = 12;
/** Mills' ratio at j/8; stepping down its equation M' = x M - 1 shrinks every earlier error. */
const MILLS = new Float64Array(MILLS_END * 8 + 1);

const fillTables = () => {
  POWER_OF_TWO[1022] = 1;
  for (let e = 1; e <= 1023; e++) POWER_OF_TWO[1022 + e] = 2 * POWER_OF_TWO[1021 + e];
  for (let e = 1; e <= 1022; e++) POWER_OF_TWO[1022 - e] = 0.5 * POWER_OF_TWO[1023 - e];

  let root = 2n * ONE;
  for (let i = 0; i < 6; i++) root = integerSqrt(root << SCALE);
  let power = ONE;
  for (let j = 0; j < 64; j++) {
    [ROOT_HI[j], ROOT_LO[j]] = split(power);
    power = (power * root) >> SCALE;
  }

  for (let i = 0; i < 128; i++) {
    const middle = i < 53 ? 1 + (i + 0.5) / 128 : 0.5 + (i + 0.5) / 256;
    const short = i === 0 || i === 127 ? 2048 : Math.round(2048 / middle);
    INVERSE[i] = short / 2048;
    const minusLog = -logOfRatio(BigInt(short - 2048), BigInt(short + 2048));
    [LOG_HI[i], LOG_LO[i]] = split(minusLog, 1n << (SCALE - 42n));
  }

  let m = millsFraction(MILLS_END, 60);
  MILLS[MILLS_END * 8] = m;
  for (let j = MILLS_END * 8 - 1; j >= 0; j--) {
    m = millsNear((j + 1) / 8, m, -0.125);
    MILLS[j] = m;
  }
};
fillTables();
