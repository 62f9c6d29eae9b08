import type { TacticKind } from '../session/contracts/tactic.ts';
import { averagedTitForTat } from './averaged_tit_for_tat.ts';
import { bestOfLast } from './best_of_last.ts';
import { hardliner } from './hardliner.ts';
import { hold } from './hold.ts';
import { hybrid } from './hybrid.ts';
import { micro } from './micro.ts';
import { negmasAspiration } from './negmas_aspiration.ts';
import { negmasMicro } from './negmas_micro.ts';
import { negmasTitForTat } from './negmas_tit_for_tat.ts';
import { niceTitForTat } from './nice_tit_for_tat.ts';
import { randomTitForTat } from './random_tit_for_tat.ts';
import { randomWalk } from './random_walk.ts';
import { relativeTitForTat } from './relative_tit_for_tat.ts';
import { scripted } from './scripted.ts';
import { similarity } from './similarity.ts';
import { timeDependent } from './time_dependent.ts';
import { titForTat } from './tit_for_tat.ts';
import { tradeOff } from './trade_off.ts';
import { zeuthen } from './zeuthen.ts';

/** Every tactic that ships. */
export const TACTICS: readonly TacticKind[] = [
  timeDependent,
  tradeOff,
  similarity,
  titForTat,
  relativeTitForTat,
  randomTitForTat,
  averagedTitForTat,
  niceTitForTat,
  micro,
  hybrid,
  zeuthen,
  bestOfLast,
  hold,
  hardliner,
  randomWalk,
  scripted,
  negmasAspiration,
  negmasTitForTat,
  negmasMicro,
];
