/**
 * How an answer was found: stands beside every number that the statistics and the game solvers return, so that "no equilibrium found
 * with supports up to 3" and "there is none" never look alike.
 */
export type Finding = {
  /** The algorithm and the parameters that decide its answer, in words a paper would use. */
  readonly method: string;
  readonly completeness: Completeness;
  /** What the reader must know before trusting the answer; empty when there is nothing. */
  readonly warnings: readonly string[];
};

/**
 * - `exact`: a closed formula or an exhaustive scan; nothing is missing.
 * - `all extreme points`: every extreme point of every component; a continuum is given by its corners.
 * - `all, if nondegenerate`: complete unless the warning says that the game is degenerate.
 * - `one`: one answer; there may be others.
 * - `sample`: what a search from many starts found; others may exist.
 * - `estimate`: a statistic with sampling error.
 */
export type Completeness = 'exact' | 'all extreme points' | 'all, if nondegenerate' | 'one' | 'sample' | 'estimate';
