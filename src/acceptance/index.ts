import type { AcceptanceKind } from '../session/contracts/acceptance.ts';
import { acCombi } from './ac_combi.ts';
import { acConst } from './ac_const.ts';
import { acNext } from './ac_next.ts';
import { acTarget } from './ac_target.ts';
import { acTime } from './ac_time.ts';
import { negmasTitForTatAnswer } from './negmas_tit_for_tat.ts';

/** Every acceptance rule that ships. */
export const ACCEPTANCE: readonly AcceptanceKind[] = [
  acNext,
  acConst,
  acTime,
  acCombi,
  acTarget,
  negmasTitForTatAnswer,
];
