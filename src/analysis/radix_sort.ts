/** Below this the digit counters cost more than comparisons. */
const SMALL = 4096;

/**
 * Sorts positions by a float key, descending and stable, in time linear in their number.
 *
 * A frontier of a million outcomes needs several sorts; comparator sorts would cost seconds. The bits of a double,
 * with the sign folded in, order like the numbers themselves, so four passes of 16 bits sort them (LSD radix).
 */
export function sortDescending(order: Int32Array, key: Float64Array): Int32Array {
  const count = order.length;
  if (count < SMALL) return order.slice().sort((a, b) => (key[a] === key[b] ? 0 : key[a] > key[b] ? -1 : 1));
  const high = new Uint32Array(count);
  const low = new Uint32Array(count);
  const cell = new Float64Array(1);
  const bits = new Uint32Array(cell.buffer);
  for (let k = 0; k < count; k++) {
    cell[0] = key[order[k]] + 0; // + 0 makes -0 and 0 one key
    // Ascending order of doubles is: negatives with all bits flipped, positives with the sign bit set. Inverted for descending.
    const negative = bits[1] >>> 31 === 1;
    high[k] = negative ? bits[1] : ~(bits[1] | 0x80000000) >>> 0;
    low[k] = negative ? bits[0] : ~bits[0] >>> 0;
  }
  let from = Int32Array.from({ length: count }, (_, k) => k);
  let to = new Int32Array(count);
  const counts = new Int32Array(65536);
  for (let pass = 0; pass < 4; pass++) {
    const words = pass < 2 ? low : high;
    const shift = pass % 2 === 0 ? 0 : 16;
    counts.fill(0);
    for (let k = 0; k < count; k++) counts[(words[k] >>> shift) & 0xffff]++;
    if (counts[(words[0] >>> shift) & 0xffff] === count) continue; // one digit for all: nothing to move
    let start = 0;
    for (let d = 0; d < 65536; d++) {
      const c = counts[d];
      counts[d] = start;
      start += c;
    }
    for (let k = 0; k < count; k++) {
      const p = from[k];
      to[counts[(words[p] >>> shift) & 0xffff]++] = p;
    }
    [from, to] = [to, from];
  }
  for (let k = 0; k < count; k++) to[k] = order[from[k]];
  return to;
}
