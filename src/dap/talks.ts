import { realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { Debugger, type Frame, type Stop } from '../debugger/debugger.ts';
import type { Refused } from '../history/refused.ts';
import type { Source } from '../scenario/parse.ts';
import type { LaunchArguments, Opened } from './open.ts';
import { Places, type Span } from './places.ts';
import { Stack } from './stack.ts';
import { Stops } from './stops.ts';
import { Variables } from './variables.ts';

/** How the editor counts lines and columns; inside, both count from 1. */
export interface Counting {
  line: { in(line: number): number; out(line: number): number };
  column: { in(column: number): number; out(column: number): number };
}

/** A request that cannot be answered, in words for the person at the editor. */
export class Unanswerable extends Error {}

/** A scenario that is being stepped through for an editor: the engine, and what the editor asked of it and was shown. */
export class Talks {
  readonly args: LaunchArguments;
  readonly files: readonly Source[];
  readonly debug: Debugger;
  readonly places: Places;
  readonly stops: Stops;
  readonly stack: Stack;
  readonly variables: Variables;
  readonly counting: Counting;
  /** Moments offered as targets of a jump, by their ids. */
  readonly targets = new Map<number, string>();
  /** Where the talks stopped last. */
  stop: Stop | undefined;
  /** The frame of the stop before: what a step changed is told against it. */
  since: Frame | undefined;

  constructor(opened: Opened, args: LaunchArguments, counting: Counting) {
    const { scenario, files } = opened;
    const game = scenario.game({ seed: args.seed, repetition: args.repetition });
    this.args = args;
    this.files = files;
    this.counting = counting;
    this.debug = new Debugger(scenario, game);
    this.places = new Places(opened, game);
    this.stops = new Stops(this.debug);
    this.stack = new Stack(this.debug, this.places);
    this.variables = new Variables(this.debug);
  }

  /** The talks stand elsewhere now. */
  moved(stop: Stop): void {
    this.variables.renew();
    this.since = this.stop?.frame;
    this.stop = stop;
  }

  /** The line of the call stack that a frame id names: ids are its lines, from 1. */
  seatOf(frameId: number | undefined): number | undefined {
    if (frameId === undefined) return undefined;
    return this.stack.levels(this.debug.frame)[frameId - 1]?.seat;
  }

  /** The beginning of a block, as the editor counts. */
  begin(span: Span | undefined): { line: number; column: number } {
    const { line, column } = span ?? { line: 1, column: 1 };
    return { line: this.counting.line.out(line), column: this.counting.column.out(column) };
  }

  /** Which of the talks' files an editor means. */
  fileOf({ path }: DebugProtocol.Source): Source | undefined {
    return path === undefined ? undefined : this.files.find(({ name }) => isSame(name, path));
  }
}

export const shown = ({ name }: Source): DebugProtocol.Source => ({ name: basename(name), path: name });

export function isRefused(answer: { readonly ok: boolean }): answer is Refused {
  return !answer.ok;
}

function isSame(a: string, b: string): boolean {
  const plain = (path: string) => (process.platform === 'win32' ? resolve(path).toLowerCase() : resolve(path));
  if (plain(a) === plain(b)) return true;
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}
