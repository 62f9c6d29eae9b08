/** The subsets of 0..n-1 with a given size, each ascending, in lexicographic order. */
export const choose = (n: number, size: number): number[][] => {
  const out: number[][] = [];
  const chosen: number[] = [];
  const extend = (from: number): void => {
    if (chosen.length === size) {
      out.push(chosen.slice());
      return;
    }
    for (let k = from; k <= n - (size - chosen.length); k++) {
      chosen.push(k);
      extend(k + 1);
      chosen.pop();
    }
  };
  extend(0);
  return out;
};
