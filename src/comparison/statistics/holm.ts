/**
 * Holm's step-down correction (S. Holm, Scandinavian Journal of Statistics 6, 1979): p-values adjusted so that rejecting those below
 * 0.05 keeps the chance of even one false rejection below 5 %, whatever the dependence between the tests. In the order given.
 */
export const holm = (ps: readonly number[]): number[] => {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a] - ps[b] || a - b);
  const adjusted = ps.slice();
  let floor = 0;
  order.forEach((i, rank) => {
    floor = Math.max(floor, Math.min(1, (ps.length - rank) * ps[i]));
    adjusted[i] = floor;
  });
  return adjusted;
};
