import {
  add,
  compare,
  divide,
  multiply,
  negate,
  ONE,
  type Rational,
  signOf,
  subtract,
  ZERO,
} from './rational_number.ts';

export interface Constraint {
  readonly coefficients: readonly Rational[];
  readonly relation: '<=' | '>=' | '=';
  readonly bound: Rational;
}

export interface LinearProgram {
  readonly maximise: readonly Rational[];
  readonly constraints: readonly Constraint[];
  /** Variables that may be negative; all others are >= 0. */
  readonly free?: readonly number[];
}

export type Optimum =
  | { readonly status: 'optimal'; readonly value: Rational; readonly solution: readonly Rational[] }
  | { readonly status: 'infeasible' | 'unbounded' };

/**
 * Small linear programs in exact fractions: two-phase tableau simplex with Bland's rule (Bland 1977, Math. Oper. Res. 2),
 * so it neither cycles nor rounds. Meant for tens of variables: bargaining on a hull, cores, nucleoli.
 */
export function solveLinearProgram(program: LinearProgram): Optimum {
  const free = program.free ?? [];
  const n = program.maximise.length;
  // A free variable is the difference of two that are not: x = x+ - x-, the negative parts after the n originals.
  const widen = (row: readonly Rational[]) => [...row, ...free.map((f) => negate(row[f]))];
  const structural = n + free.length;
  const rows = program.constraints.map(({ coefficients, relation, bound }) => {
    const flip = signOf(bound) < 0;
    const row = widen(coefficients);
    const turned = relation === '=' ? '=' : (relation === '<=') !== flip ? '<=' : '>=';
    return { row: flip ? row.map(negate) : row, relation: turned, bound: flip ? negate(bound) : bound };
  });
  const slacks = rows.filter((r) => r.relation !== '=').length;
  const artificials = rows.filter((r) => r.relation !== '<=').length;
  const width = structural + slacks + artificials;
  const tableau: Rational[][] = [];
  const basis: number[] = [];
  let slack = structural;
  let artificial = structural + slacks;
  for (const { row, relation, bound } of rows) {
    const line: Rational[] = [...row, ...Array<Rational>(slacks + artificials).fill(ZERO), bound];
    if (relation !== '=') line[slack] = relation === '<=' ? ONE : negate(ONE);
    if (relation !== '<=') line[artificial] = ONE;
    basis.push(relation === '<=' ? slack : artificial);
    if (relation !== '=') slack++;
    if (relation !== '<=') artificial++;
    tableau.push(line);
  }
  const firstArtificial = structural + slacks;
  if (artificials > 0) {
    const feasibility = Array.from({ length: width }, (_, j) => (j >= firstArtificial ? negate(ONE) : ZERO));
    const phase = run(tableau, basis, feasibility, width);
    if (phase === 'unbounded' || signOf(phase) < 0) return { status: 'infeasible' };
    expel(tableau, basis, firstArtificial);
  }
  const objective = [...widen(program.maximise), ...Array<Rational>(width - structural).fill(ZERO)];
  const value = run(tableau, basis, objective, firstArtificial);
  if (value === 'unbounded') return { status: 'unbounded' };
  const all = Array<Rational>(width).fill(ZERO);
  basis.forEach((variable, r) => {
    all[variable] = tableau[r][width];
  });
  const solution = all.slice(0, n);
  free.forEach((f, k) => {
    solution[f] = subtract(solution[f], all[n + k]);
  });
  return { status: 'optimal', value, solution };
}

/** Pivots until no column among the first `columns` improves the objective. */
function run(
  tableau: Rational[][],
  basis: number[],
  objective: readonly Rational[],
  columns: number,
): Rational | 'unbounded' {
  const last = tableau.length > 0 ? tableau[0].length - 1 : 0;
  const reduced = (j: number) =>
    tableau.reduce((left, row, r) => {
      const cost = objective[basis[r]];
      return signOf(cost) === 0 || signOf(row[j]) === 0 ? left : subtract(left, multiply(cost, row[j]));
    }, objective[j]);
  for (;;) {
    let entering = -1;
    for (let j = 0; j < columns && entering < 0; j++) if (!basis.includes(j) && signOf(reduced(j)) > 0) entering = j;
    if (entering < 0) return basis.reduce((sum, b, r) => add(sum, multiply(objective[b], tableau[r][last])), ZERO);
    let leaving = -1;
    let least = ZERO;
    for (let r = 0; r < tableau.length; r++) {
      if (signOf(tableau[r][entering]) <= 0) continue;
      const ratio = divide(tableau[r][last], tableau[r][entering]);
      const order = leaving < 0 ? -1 : compare(ratio, least);
      if (order < 0 || (order === 0 && basis[r] < basis[leaving])) {
        leaving = r;
        least = ratio;
      }
    }
    if (leaving < 0) return 'unbounded';
    pivot(tableau, basis, leaving, entering);
  }
}

function pivot(tableau: Rational[][], basis: number[], r: number, column: number): void {
  const by = tableau[r][column];
  tableau[r] = tableau[r].map((x) => (signOf(x) === 0 ? x : divide(x, by)));
  for (let k = 0; k < tableau.length; k++) {
    const factor = tableau[k][column];
    if (k === r || signOf(factor) === 0) continue;
    tableau[k] = tableau[k].map((x, j) =>
      signOf(tableau[r][j]) === 0 ? x : subtract(x, multiply(factor, tableau[r][j])),
    );
  }
  basis[r] = column;
}

/** Artificial variables still in the basis at zero leave it; rows that are all zero say nothing and go. */
function expel(tableau: Rational[][], basis: number[], firstArtificial: number): void {
  for (let r = tableau.length - 1; r >= 0; r--) {
    if (basis[r] < firstArtificial) continue;
    const column = tableau[r].findIndex((x, j) => j < firstArtificial && signOf(x) !== 0);
    if (column >= 0) pivot(tableau, basis, r, column);
    else {
      tableau.splice(r, 1);
      basis.splice(r, 1);
    }
  }
}
