import type { AcceptanceKind } from '../session/contracts/acceptance.ts';
import { acAspiration } from './ac_aspiration.ts';
import { acBetterOffer } from './ac_better_offer.ts';
import { acCombi } from './ac_combi.ts';
import { acConst } from './ac_const.ts';
import { acLast } from './ac_last.ts';
import { acNext } from './ac_next.ts';
import { acPrev } from './ac_prev.ts';
import { acTarget } from './ac_target.ts';
import { acTime } from './ac_time.ts';
import { negmasTitForTatAnswer } from './negmas_tit_for_tat.ts';

/** Every acceptance rule that ships. */
export const ACCEPTANCE: readonly AcceptanceKind[] = [
  acNext,
  acTarget,
  acAspiration,
  acConst,
  acTime,
  acCombi,
  acPrev,
  acLast,
  acBetterOffer,
  negmasTitForTatAnswer,
];
