/**
 * Own impact when the others' hash rate answers hashprice with a constant elasticity:
 * pi (H0 (pi / pi0)^eps + Hp) = pi0 H0. eps = 0: others fixed; eps -> Infinity: free entry, one-for-one displacement and price taking
 * (J. Ma, J. S. Gans, R. Tourky: free entry alone sets resource use).
 */
import { exp, log } from '../../domain/arith.ts';
import { requireInRange } from '../inputError.ts';
import { solveByNewton } from './monthSolver.ts';

export interface Impact {
  /** $/PH/day after the newcomer. */
  hashpriceUsdPerPhDay: number;
  othersEhs: number;
  totalEhs: number;
  /** The newcomer's share of the network, 0 to 1. */
  share: number;
}

/** Network after a newcomer brings newEhs to one of baseEhs at hashprice baseHashprice. */
export const elasticOthers = (at: { baseHashprice: number; baseEhs: number; newEhs: number; eps: number }): Impact => {
  requireInRange('baseHashprice', at.baseHashprice, { min: 0, max: 1e9, above: true, unit: '$/PH/day' });
  requireInRange('baseEhs', at.baseEhs, { min: 0, max: 1e9, above: true, unit: 'EH/s' });
  requireInRange('newEhs', at.newEhs, { min: 0, max: 1e9, unit: 'EH/s' });
  if (at.eps !== Infinity) requireInRange('eps', at.eps, { min: 0, max: Number.MAX_VALUE, unit: '' });
  const pot = at.baseHashprice * at.baseEhs;
  // Beyond the whole network at the old price, even free entry cannot hold hashprice: nobody else is left.
  const hashprice =
    at.newEhs === 0
      ? at.baseHashprice
      : at.eps === Infinity
        ? Math.min(at.baseHashprice, pot / at.newEhs)
        : at.eps === 0
          ? pot / (at.baseEhs + at.newEhs)
          : exp(solveByNewton(at.eps, log(pot), log(at.newEhs), log(at.baseEhs), log(at.baseHashprice)));
  const totalEhs = pot / hashprice;
  return {
    hashpriceUsdPerPhDay: hashprice,
    totalEhs,
    othersEhs: Math.max(totalEhs - at.newEhs, 0),
    share: at.newEhs / totalEhs,
  };
};

/** Others who do not move: eps = 0. */
export const fixedOthers = (at: { baseHashprice: number; baseEhs: number; newEhs: number }): Impact =>
  elasticOthers({ ...at, eps: 0 });
