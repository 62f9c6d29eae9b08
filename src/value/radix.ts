/**
 * Sorts outcome indices by (value, index), ascending: a least-significant-digit radix sort on the order-preserving bits of the doubles. Stable, so
 * equal values stay in the order given; 16 bits a pass, and a pass whose digit is the same for all is skipped.
 *
 * `values` is indexed by outcome; `outcomes` must be ascending for ties to come out in index order. NaN is not allowed.
 */
export function sortByValue(values: Float64Array, outcomes: Int32Array): Int32Array {
  const n = outcomes.length;
  if (n < 600) return smallSort(values, outcomes);
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
