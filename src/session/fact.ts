import type { Json, PartyId } from '../domain/id.ts';

/** How talks end. A time-out and a breakdown both leave every party with its reservation value. */
export type End = 'agreement' | 'timedout' | 'broken';

/** Where a party's stance machine stands: exactly what XState needs to go on from here, and nothing else. */
export interface StanceState {
  readonly value: Json;
  readonly context: { readonly [key: string]: Json };
  readonly historyValue?: Json;
}

/** Something that happened. Outcomes are raw indices here; a trace on disk carries their values too. `event` names the scripted event behind a fact. */
export type Fact =
  | { readonly type: 'roundBegan'; readonly round: number }
  | { readonly type: 'turnBegan'; readonly turn: number }
  | { readonly type: 'deadlineNear' }
  | { readonly type: 'offered'; readonly by: PartyId; readonly outcome: number; readonly says?: string }
  | { readonly type: 'accepted'; readonly by: PartyId; readonly outcome: number; readonly says?: string }
  | { readonly type: 'rejected'; readonly by: PartyId; readonly outcome: number }
  | { readonly type: 'passed'; readonly by: PartyId; readonly says?: string }
  | { readonly type: 'walked'; readonly by: PartyId; readonly why: string }
  | { readonly type: 'refused'; readonly by: PartyId; readonly move: Json; readonly why: string }
  | {
      readonly type: 'stanceChanged';
      readonly party: PartyId;
      readonly from: string;
      readonly to: string;
      readonly on: string;
      readonly guard?: string;
      readonly stance: StanceState;
    }
  | { readonly type: 'happened'; readonly event: string }
  | { readonly type: 'signalled'; readonly event: string; readonly signal: string; readonly to?: PartyId }
  | { readonly type: 'tabled'; readonly event: string; readonly outcome: number }
  | {
      readonly type: 'marketMoved';
      readonly event: string;
      readonly name: string;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly type: 'termMoved';
      readonly event: string;
      readonly party: PartyId;
      readonly term: string;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly type: 'reservationMoved';
      readonly event: string;
      readonly party: PartyId;
      /** Null where the party had none: it would have signed anything. */
      readonly from: number | null;
      readonly to: number;
    }
  | { readonly type: 'deadlineMoved'; readonly event: string; readonly from: number; readonly to: number }
  | { readonly type: 'ended'; readonly end: End; readonly outcome: number | null };

export type FactType = Fact['type'];

/** An offer as a fact: `says` is there only where something was said. */
export function offeredBy(by: PartyId, outcome: number, says: string | undefined): Fact {
  return says === undefined ? { type: 'offered', by, outcome } : { type: 'offered', by, outcome, says };
}
