/** Levelised cost: the constant price at which what is produced repays what is spent, both discounted. */
import { MiningInputError } from '../inputError.ts';
import { npv } from './capital.ts';

/** Present value of cost over present value of output; cost and output by period of the rate, from t = 0. */
export const levelisedCost = (at: { rate: number; costUsd: ArrayLike<number>; output: ArrayLike<number> }): number => {
  const output = npv({ rate: at.rate, flows: at.output });
  if (!(output > 0)) throw new MiningInputError('output', output, 'above 0 in present value');
  return npv({ rate: at.rate, flows: at.costUsd }) / output;
};

/** LCOE, $/MWh. */
export const levelisedCostUsdPerMwh = (at: {
  rate: number;
  costUsd: ArrayLike<number>;
  energyMwh: ArrayLike<number>;
}): number => levelisedCost({ ...at, output: at.energyMwh });

/** LCO-BTC, $/BTC. */
export const levelisedCostUsdPerBtc = (at: {
  rate: number;
  costUsd: ArrayLike<number>;
  minedBtc: ArrayLike<number>;
}): number => levelisedCost({ ...at, output: at.minedBtc });
