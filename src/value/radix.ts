/**
 * Writes outcome indices to `order` by (value, index), ascending. Most values fall into buckets of equal width that hold a few each: one pass counts them, one
 * deals them out, and insertion puts each bucket in order. Where values crowd into few buckets, a radix sort takes over. What stands in `order` is
 * replaced at one stroke, once all is in order.
 *
 * `values` is indexed by outcome; `outcomes` must be ascending for ties to come out in index order. NaN is not allowed.
 */
export function sortByValue(values: Float64Array, outcomes: Int32Array, order: Int32Array): void {
  if (outcomes.length < 600) order.set(smallSort(values, outcomes));
  else order.set(bucketSort(values, outcomes) ?? radixSort(values, outcomes));
}

/** Moves that insertion may take per outcome before the buckets count as crowded. */
const PATIENCE = 24;

/** Kept from one sort to the next: to get room from the system anew takes a quarter of the time of a sort. */
let ends = new Int32Array(0);
let places = new Int32Array(0);
let keys = new Float64Array(0);

function bucketSort(values: Float64Array, outcomes: Int32Array): Int32Array | undefined {
  const n = outcomes.length;
  let low = Infinity;
  let high = -Infinity;
  for (let k = 0; k < n; k++) {
    const v = values[outcomes[k]];
    if (v < low) low = v;
    if (v > high) high = v;
  }
  const buckets = n >> 2;
  const scale = (buckets - 1) / (high - low);
  if (!(scale > 0 && scale < Infinity)) return undefined;
  if (places.length < n) {
    ends = new Int32Array(buckets + 1);
    places = new Int32Array(n);
    keys = new Float64Array(n);
  }
  return dealt(values, outcomes, low, scale, ends.fill(0), places.subarray(0, n), keys);
}

function dealt(
  values: Float64Array,
  outcomes: Int32Array,
  low: number,
  scale: number,
  ends: Int32Array,
  sorted: Int32Array,
  keys: Float64Array,
): Int32Array | undefined {
  const n = outcomes.length;
  for (let k = 0; k < n; k++) ends[Math.trunc((values[outcomes[k]] - low) * scale) + 1]++;
  for (let b = 0; b + 1 < ends.length; b++) ends[b + 1] += ends[b];
  for (let k = 0; k < n; k++) {
    const value = values[outcomes[k]];
    const at = ends[Math.trunc((value - low) * scale)]++;
    sorted[at] = outcomes[k];
    keys[at] = value;
  }
  // Later buckets hold larger values, so one insertion sort over everything stays within them.
  let patience = PATIENCE * n;
  for (let j = 1; j < n; j++) {
    const key = keys[j];
    if (keys[j - 1] <= key) continue;
    const outcome = sorted[j];
    let i = j;
    for (; i > 0 && keys[i - 1] > key; i--) {
      keys[i] = keys[i - 1];
      sorted[i] = sorted[i - 1];
    }
    keys[i] = key;
    sorted[i] = outcome;
    patience -= j - i;
    if (patience < 0) return undefined;
  }
  return sorted;
}

/**
 * A least-significant-digit radix sort on the order-preserving bits of the doubles: stable, 16 bits a pass, and a pass whose digit is the same for all is
 * skipped.
 */
function radixSort(values: Float64Array, outcomes: Int32Array): Int32Array {
  const n = outcomes.length;
  const keys = new Float64Array(n);
  for (let k = 0; k < n; k++) keys[k] = values[outcomes[k]] + 0;
  const bits = new Uint16Array(keys.buffer);
  for (let k = 0; k < n; k++) flip(bits, 4 * k);
  let from = Int32Array.from({ length: n }, (_, k) => k);
  let to = new Int32Array(n);
  const count = new Int32Array(65_537);
  for (let digit = 0; digit < 4; digit++) {
    count.fill(0);
    for (let k = 0; k < n; k++) count[bits[4 * k + digit] + 1]++;
    if (count[bits[digit] + 1] === n) continue;
    for (let d = 0; d < 65_536; d++) count[d + 1] += count[d];
    for (let k = 0; k < n; k++) {
      const at = from[k];
      to[count[bits[4 * at + digit]]++] = at;
    }
    [from, to] = [to, from];
  }
  for (let k = 0; k < n; k++) to[k] = outcomes[from[k]];
  return to;
}

/** Makes the four little-endian 16-bit digits of a double compare as unsigned integers: negatives are inverted, positives get the top bit. */
function flip(bits: Uint16Array, at: number): void {
  if (bits[at + 3] & 0x8000) {
    for (let d = 0; d < 4; d++) bits[at + d] = ~bits[at + d];
  } else bits[at + 3] |= 0x8000;
}

function smallSort(values: Float64Array, outcomes: Int32Array): Int32Array {
  return Int32Array.from(outcomes).sort((a, b) => values[a] - values[b] || a - b);
}
