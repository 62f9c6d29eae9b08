import type { TacticKind } from '../session/contracts/tactic.ts';
import { hold } from './hold.ts';
import { negmasAspiration } from './negmas_aspiration.ts';
import { negmasMicro } from './negmas_micro.ts';
import { negmasTitForTat } from './negmas_tit_for_tat.ts';
import { scripted } from './scripted.ts';
import { timeDependent } from './time_dependent.ts';
import { titForTat } from './tit_for_tat.ts';
import { tradeOff } from './trade_off.ts';

/** Every tactic that ships. */
export const TACTICS: readonly TacticKind[] = [
  timeDependent,
  tradeOff,
  titForTat,
  hold,
  scripted,
  negmasAspiration,
  negmasTitForTat,
  negmasMicro,
];
