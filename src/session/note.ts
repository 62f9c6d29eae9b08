import type { PartyId } from '../domain/id.ts';
import type { Explanation } from '../expression/index.ts';

/** One outcome a tactic weighed: its own utility, and what the others are believed to make of it. */
export interface Candidate {
  readonly outcome: number;
  readonly utility: number;
  readonly liked?: number;
}

/**
 * The recorded why of one decision. Notes are made only when somebody listens, and never change a fact.
 */
export type Note =
  | {
      readonly about: 'offer';
      readonly by: PartyId;
      readonly stance: string;
      readonly tactic: string;
      /** The utility aimed at; absent for tactics that aim at none. */
      readonly target?: number;
      readonly outcome: number;
      readonly considered: readonly Candidate[];
      readonly because: string;
      readonly numbers: Readonly<Record<string, number>>;
    }
  | {
      readonly about: 'answer';
      readonly by: PartyId;
      readonly stance: string;
      readonly rule: string;
      readonly outcome: number;
      readonly accepted: boolean;
      readonly because: string;
      readonly numbers: Readonly<Record<string, number>>;
    }
  | {
      readonly about: 'stance';
      readonly by: PartyId;
      readonly stance: string;
      readonly on: string;
      readonly tried: readonly {
        readonly guard: string;
        readonly to: string;
        readonly holds: boolean;
        readonly parts?: Explanation;
      }[];
      readonly moved: boolean;
    }
  | {
      readonly about: 'event';
      readonly event: string;
      readonly because: string;
      readonly numbers: Readonly<Record<string, number>>;
    };

export type NoteSink = (note: Note) => void;
