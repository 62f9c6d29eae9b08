/** The place of the lowest bit of a 32-bit set that is not empty. */
export const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);
