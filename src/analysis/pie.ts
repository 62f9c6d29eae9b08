import type { Found } from './utility_space.ts';

/** Equilibrium division of a pie of size 1, by seat; seat 0 proposes first. */
export interface PieDivision extends Found {
  readonly shares: readonly number[];
}

const TRANSFERABLE = 'a perfectly divisible pie, utility linear in the share, discounting per turn';

function checkDiscounts(discounts: readonly number[]): void {
  if (discounts.length < 1 || discounts.some((d) => !(d >= 0 && d <= 1))) {
    throw new RangeError('discount factors: one per party, from 0 to 1');
  }
}

const division = (shares: number[], method: string, warnings: string[] = []): PieDivision => {
  return { shares, method, ties: 0, warnings, completeness: `closed form: ${TRANSFERABLE}` };
};

export interface RubinsteinOptions {
  /** What the responder can take instead after rejecting (it binds only above its equilibrium share). */
  readonly outsideOption?: number;
}

/**
 * Rubinstein's alternating offers without a deadline, two parties (Rubinstein 1982, Econometrica 50:97-109): the first
 * proposer takes (1 - d2) / (1 - d1 d2). A breakdown probability 1 - alpha per turn acts as discount alpha. Outside option: Binmore,
 * Shaked and Sutton 1989 (QJE 104): it changes nothing unless it exceeds what the responder gets anyway.
 */
export function rubinstein(first: number, second: number, options: RubinsteinOptions = {}): PieDivision {
  checkDiscounts([first, second]);
  const outside = options.outsideOption ?? 0;
  if (first === 1 && second === 1) {
    return division([Number.NaN, Number.NaN], 'Rubinstein 1982', [
      'nobody is impatient: any division is an equilibrium',
    ]);
  }
  const mine = (1 - second) / (1 - first * second);
  const theirs = Math.max(1 - mine, outside);
  const bound = outside > 1 - mine ? ['the outside option binds'] : [];
  return division([1 - theirs, theirs], 'Rubinstein 1982: (1 - d2) / (1 - d1 d2)', bound);
}

/** Rubinstein's case of a fixed cost per turn instead of discounting: whoever pays less takes (nearly) all. */
export function rubinsteinFixedCost(first: number, second: number): PieDivision {
  if (!(first > 0 && second > 0 && first <= 1 && second <= 1))
    throw new RangeError('costs per turn: above 0, at most 1');
  const method = 'Rubinstein 1982, fixed costs per turn';
  if (first < second) return division([1, 0], method);
  if (first > second) return division([second, 1 - second], method);
  return division([Number.NaN, Number.NaN], method, [`equal costs: the proposer gets anything from ${first} to 1`]);
}

/**
 * Stationary equilibrium of rotating proposers without a deadline, unanimity, n parties. When p proposes it keeps
 * y_p = 1 - sum over j of d_j^(turns until j proposes) y_j; equal discounts give (1, d, ..., d^(n-1)) / (1 + d + ... + d^(n-1)).
 * From three parties on this is *the stationary* equilibrium, not the only one: every division can be sustained for
 * d >= 1 / (n - 1) (Shaked; Osborne and Rubinstein 1990, sec. 3.13).
 */
export function stationaryDivision(discounts: readonly number[]): PieDivision {
  checkDiscounts(discounts);
  const n = discounts.length;
  const method = 'stationary equilibrium of rotating proposers, unanimity';
  if (n > 1 && discounts.filter((d) => d === 1).length > 1) {
    return division(
      discounts.map(() => Number.NaN),
      method,
      ['two parties do not discount: the division is not determined'],
    );
  }
  const after = (j: number, turns: number) => {
    let d = 1;
    for (let k = 0; k < turns; k++) d *= discounts[j];
    return d;
  };
  const rows = discounts.map((_, p) => [...discounts.map((_, j) => after(j, (j - p + n) % n)), 1]);
  const proposer = eliminate(rows);
  const shares = proposer.map((y, j) => after(j, j) * y);
  const least = Math.min(...discounts);
  const many = n >= 3 && least >= 1 / (n - 1);
  const note = `stationary; with ${n} parties this patient every division is an equilibrium (Shaked)`;
  return division(shares, method, n >= 3 ? [many ? note : 'stationary: other equilibria are not excluded'] : []);
}

/** Solves a small square system, augmented, by elimination with partial pivoting. */
function eliminate(rows: number[][]): number[] {
  const n = rows.length;
  for (let c = 0; c < n; c++) {
    let best = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(rows[r][c]) > Math.abs(rows[best][c])) best = r;
    [rows[c], rows[best]] = [rows[best], rows[c]];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = rows[r][c] / rows[c][c];
      for (let k = c; k <= n; k++) rows[r][k] -= factor * rows[c][k];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

/**
 * Subgame-perfect division with a deadline: in the last of `turns` turns the proposer takes all; before that it keeps what the
 * others' discounted continuations leave. Proposers rotate from seat 0, unanimity, responders accept when indifferent. O(n T).
 * Who moves last matters.
 */
export function finiteHorizonDivision(discounts: readonly number[], turns: number): PieDivision {
  checkDiscounts(discounts);
  if (!Number.isInteger(turns) || turns < 1) throw new RangeError('at least one turn');
  const n = discounts.length;
  let shares = discounts.map(() => 0);
  for (let t = turns - 1; t >= 0; t--) {
    const proposer = t % n;
    const next = shares.map((v, j) => (j === proposer ? 0 : discounts[j] * v));
    next[proposer] = 1 - next.reduce((a, b) => a + b, 0);
    shares = next;
  }
  return division(shares, `backward induction over ${turns} turns, rotating proposers, unanimity`);
}

/** A proposer drawn anew each round. */
export interface RandomProposer extends Found {
  /** Expected share before the draw, per seat. */
  readonly expected: readonly number[];
  readonly proposer: readonly number[];
  /** What j gets when it is asked and somebody else proposes. */
  readonly responder: readonly number[];
}

/** Random proposer, unanimity, common discount: V_i = p_i, the proposer gets 1 - d (1 - p_i), a responder d p_j. */
export function randomProposerUnanimity(recognition: readonly number[], discount: number): RandomProposer {
  checkDiscounts([discount]);
  const sum = recognition.reduce((a, b) => a + b, 0);
  if (recognition.some((p) => !(p >= 0)) || Math.abs(sum - 1) > 1e-12)
    throw new RangeError('probabilities that sum to 1');
  return {
    expected: recognition,
    proposer: recognition.map((p) => 1 - discount * (1 - p)),
    responder: recognition.map((p) => discount * p),
    method: 'random proposer, unanimity, stationary equilibrium',
    ties: 0,
    warnings: [],
    completeness: `closed form: ${TRANSFERABLE}`,
  };
}

/**
 * Baron-Ferejohn legislative bargaining, closed rule, equal recognition (Baron and Ferejohn 1989, APSR 83:1181-1206): the
 * proposer buys `quorum` - 1 partners at d / n each and keeps the rest.
 */
export function baronFerejohn(
  parties: number,
  discount: number,
  quorum: number = Math.floor(parties / 2) + 1,
): RandomProposer {
  checkDiscounts([discount]);
  if (!(Number.isInteger(quorum) && quorum >= 1 && quorum <= parties)) throw new RangeError('a quorum from 1 to all');
  const price = discount / parties;
  const each = (x: number) => Array<number>(parties).fill(x);
  return {
    expected: each(1 / parties),
    proposer: each(1 - price * (quorum - 1)),
    responder: each(price),
    method: `Baron and Ferejohn 1989, closed rule, ${quorum} of ${parties} votes, symmetric stationary equilibrium`,
    ties: 0,
    warnings: [`only ${quorum - 1} of ${parties - 1} responders are paid; who is drawn at random`],
    completeness: `closed form: ${TRANSFERABLE}`,
  };
}
