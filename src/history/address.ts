import type { State } from '../session/state.ts';

/** A moment of a negotiation: round, turn and micro-step, each counted from 1. A missing part means the end of what is named. */
export interface Address {
  readonly round: number;
  readonly turn?: number;
  readonly micro?: number;
}

/** Where the facts of a turn stand, given the state after it. */
export const addressOf = (state: Pick<State, 'round' | 'turn'>, micro: number): string =>
  `${Math.max(1, state.round)}.${Math.max(1, state.turn)}.${micro}`;

export const formatAddress = ({ round, turn, micro }: Address): string =>
  `r${[round, turn, micro].filter((part) => part !== undefined).join('.')}`;

/**
 * Reads `r7`, `7.2`, `r7.2.3`; undefined when the text is no address.
 *
 * @example
 * parseAddress('r7.2.3') // { round: 7, turn: 2, micro: 3 }
 */
export function parseAddress(text: string): Address | undefined {
  const match = /^r?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [round, turn, micro] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  if (round === undefined || round < 1 || turn === 0 || micro === 0) return undefined;
  return { round, ...(turn !== undefined && { turn }), ...(micro !== undefined && { micro }) };
}

/** Whether a moment lies within what an address names, or before it. */
export function isUpTo(moment: Address, until: Address): boolean {
  const parts = [
    [moment.round, until.round],
    [moment.turn, until.turn],
    [moment.micro, until.micro],
  ];
  for (const [at, end] of parts) {
    if (at === undefined || end === undefined) return true;
    if (at !== end) return at < end;
  }
  return true;
}

/** Splits `talks.jsonl#r7.2` into the file and the moment. */
export function splitReference(text: string): { file: string; fragment: string | undefined } {
  const at = text.lastIndexOf('#');
  return at < 0 ? { file: text, fragment: undefined } : { file: text.slice(0, at), fragment: text.slice(at + 1) };
}
