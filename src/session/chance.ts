/**
 * Seeded chance without a generator: a uniform number is a hash of (master seed, scenario id, repetition, stream, round, turn, draw). There is
 * nothing to save and nothing to rewind, and two strategies compared under one seed meet the same luck.
 *
 * The mixing is a chain of 32-bit multiply-xorshift rounds over two lanes with different constants (the finaliser's shape is the usual one for integer
 * hashes); 53 bits of the two lanes make the uniform.
 */
export interface ChanceKey {
  readonly a: number;
  readonly b: number;
}

/** The part of the hash that stays fixed for a negotiation. */
export function chanceKey(seed: number, scenario: string, repetition: number): ChanceKey {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (const word of [seed >>> 0, Math.floor(seed / 4294967296) >>> 0, hashText(scenario), repetition]) {
    a = mix(a ^ word, 0x7feb352d);
    b = mix(b ^ word, 0x6c8e9cf5);
  }
  return { a, b };
}

/** A uniform number in [0, 1). */
export function uniform(key: ChanceKey, stream: number, round: number, turn: number, draw: number): number {
  let { a, b } = key;
  a = mix(a ^ stream, 0x7feb352d);
  b = mix(b ^ stream, 0x6c8e9cf5);
  const when = Math.imul(round, 0x01000193) + turn;
  a = mix(a ^ when, 0x7feb352d);
  b = mix(b ^ when, 0x6c8e9cf5);
  a = mix(a ^ draw, 0x7feb352d);
  b = mix(b ^ draw, 0x6c8e9cf5);
  return ((a >>> 5) * 67108864 + (b >>> 6)) / 9007199254740992;
}

/** A stream's number: `world`, or a party's id. */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h, 0x7feb352d);
}

function mix(word: number, multiplier: number): number {
  let h = word + 0x6d2b79f5;
  h = Math.imul(h ^ (h >>> 16), multiplier);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
