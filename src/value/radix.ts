/**
 * Sorts outcome indices by (value, index), ascending. Most values fall into buckets of equal width that hold a few each: one pass counts them, one deals
 * them out, and insertion puts each bucket in order. Where values crowd into few buckets, a radix sort takes over.
 *
 * `values` is indexed by outcome; `outcomes` must be ascending for ties to come out in index order. NaN is not allowed.
 */
export function sortByValue(values: Float64Array, outcomes: Int32Array): Int32Array {
  if (outcomes.length < 600) return smallSort(values, outcomes);
  return bucketSort(values, outcomes) ?? radixSort(values, outcomes);
}

/** Moves that insertion may take per outcome before the buckets count as crowded. */
const PATIENCE = 24;

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
  const bucket = new Int32Array(n);
  const ends = new Int32Array(buckets + 1);
  for (let k = 0; k < n; k++) {
    const b = Math.trunc((values[outcomes[k]] - low) * scale);
    bucket[k] = b;
    ends[b + 1]++;
  }
  for (let b = 0; b < buckets; b++) ends[b + 1] += ends[b];
  const sorted = new Int32Array(n);
  const keys = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const at = ends[bucket[k]]++;
    sorted[at] = outcomes[k];
    keys[at] = values[outcomes[k]];
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
