/**
 * Measurements laid out for resampling: one column per thing measured (a cell of a payoff tensor, a strategy's score), one cluster per
 * scenario, and within it one value per repetition. Row (scenario, repetition) was played with the same random numbers in every
 * column, so columns are resampled together and differences between them stay paired.
 */
export type Panel = { readonly columns: readonly string[]; readonly clusters: readonly Cluster[] };

/** `values[column * repetitions + repetition]`, repetitions in order of their number. */
export type Cluster = { readonly id: string; readonly repetitions: number; readonly values: Float64Array };

/** A panel with clusters in order of id, whatever order they finished in: fixed order of summation, hence the same bits. */
export const makePanel = (columns: readonly string[], clusters: readonly Cluster[]): Panel => {
  if (clusters.length === 0) throw new RangeError('panel: no scenario was measured');
  const seen = new Set<string>();
  for (const { id, repetitions, values } of clusters) {
    if (seen.has(id)) throw new RangeError(`panel: scenario ${id} is there twice`);
    seen.add(id);
    if (repetitions < 1 || values.length !== repetitions * columns.length) {
      throw new RangeError(`panel: scenario ${id} misses cells (${values.length} values, ${repetitions} repetitions)`);
    }
    if (!values.every(Number.isFinite)) throw new RangeError(`panel: scenario ${id} has a value that is no number`);
  }
  return { columns, clusters: clusters.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)) };
};

/** Mean of every cluster in every column: `[cluster * columns + column]`. */
export const clusterMeans = ({ columns, clusters }: Panel): Float64Array => {
  const means = new Float64Array(clusters.length * columns.length);
  clusters.forEach(({ repetitions, values }, cluster) => {
    for (let column = 0; column < columns.length; column++) {
      let total = 0;
      for (let r = 0; r < repetitions; r++) total += values[column * repetitions + r];
      means[cluster * columns.length + column] = total / repetitions;
    }
  });
  return means;
};

/** The independent units that everything rests on, each with its columns: scenarios, or of a single scenario its repetitions. */
export const unitsOf = (panel: Panel): Float64Array[] => {
  const width = panel.columns.length;
  if (panel.clusters.length > 1) {
    const means = clusterMeans(panel);
    return panel.clusters.map((_, k) => means.subarray(k * width, (k + 1) * width));
  }
  const [{ repetitions, values }] = panel.clusters;
  return Array.from({ length: repetitions }, (_, r) =>
    Float64Array.from({ length: width }, (__, c) => values[c * repetitions + r]),
  );
};

/** The estimate of each column: the mean of its cluster means, so that a scenario counts once however often it was repeated. */
export const columnMeans = (panel: Panel): Float64Array => {
  const width = panel.columns.length;
  const means = clusterMeans(panel);
  const out = new Float64Array(width);
  for (let k = 0; k < panel.clusters.length; k++) for (let c = 0; c < width; c++) out[c] += means[k * width + c];
  return out.map((x) => x / panel.clusters.length);
};

/** The panel of new columns computed row by row, such as differences or regrets. `of(row, out)` reads all columns of one row. */
export const derivePanel = (
  panel: Panel,
  columns: readonly string[],
  of: (row: Float64Array, out: Float64Array) => void,
): Panel => {
  const row = new Float64Array(panel.columns.length);
  const out = new Float64Array(columns.length);
  const clusters = panel.clusters.map(({ id, repetitions, values }) => {
    const derived = new Float64Array(columns.length * repetitions);
    for (let r = 0; r < repetitions; r++) {
      for (let c = 0; c < row.length; c++) row[c] = values[c * repetitions + r];
      of(row, out);
      for (let c = 0; c < out.length; c++) derived[c * repetitions + r] = out[c];
    }
    return { id, repetitions, values: derived };
  });
  return { columns, clusters };
};
