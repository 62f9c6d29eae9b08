import { MiningInputError } from '../../mining/inputError.ts';
import { Refusal } from '../console.ts';

const SUFFIXES: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9, T: 1e12, '%': 0.01 };

/** A number as a person writes it: `45`, `1e-3`, `132.7T`, `0.6%`. Refuses anything else by the option's name. */
export function numberOf(option: string, given: string): number {
  const parts = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([kMGT%]?)\s*$/.exec(given);
  if (parts === null) {
    throw new Refusal(`${option} takes a number, not "${given}"`, 'such as 45, 1.5e14, 132.7T (k, M, G, T) or 12%');
  }
  return Number(parts[1]) * (SUFFIXES[parts[2]] ?? 1);
}

/** The same where "any" is an answer: `inf` is free entry. */
export function elasticityOf(option: string, given: string): number {
  return /^\s*(inf|infinity|∞)\s*$/i.test(given) ? Number.POSITIVE_INFINITY : numberOf(option, given);
}

/** Fees per block: BTC (`0.02`), or a share of the whole reward (`0.6%`). */
export type Fees = { readonly btcPerBlock: number } | { readonly shareOfReward: number };

export function feesOf(option: string, given: string): Fees {
  const value = numberOf(option, given);
  return given.trim().endsWith('%') ? { shareOfReward: value } : { btcPerBlock: value };
}

/** Comma-separated numbers. */
export const numbersOf = (option: string, given: string): number[] =>
  given.split(',').map((one) => numberOf(option, one));

/** Runs a piece of the model; a number it refuses becomes a sentence that names the option that was typed, and its range. */
export function refusing<T>(options: Readonly<Record<string, string>>, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof MiningInputError)) throw error;
    const { field, value, range } = error;
    // A field may lie deeper, in a list: price.pricesUsd[0]
    const option = options[field] ?? options[field.replace(/^.*\.|\[\d+\]$/g, '')];
    if (option !== undefined && !option.includes(' '))
      throw new Refusal(`${option} is ${String(value)}; it must be ${range}`);
    throw new Refusal(error.message, option && `set it with ${option}`);
  }
}
