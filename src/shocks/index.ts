import type { ShockKind } from '../session/contracts/shock.ts';
import { deadline } from './deadline.ts';
import { leave } from './leave.ts';
import { market } from './market.ts';
import { reservation } from './reservation.ts';
import { signal } from './signal.ts';
import { term } from './term.ts';
import { text } from './text.ts';

/** What scripted events can do, one line a kind. */
export const SHOCKS = [market, term, reservation, deadline, text, leave, signal] as unknown as readonly ShockKind[];
