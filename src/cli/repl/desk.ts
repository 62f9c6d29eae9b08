import { type Debugger, refusalText, type Stop } from '../../debugger/debugger.ts';
import type { Refused } from '../../history/refused.ts';
import type { Console } from '../console.ts';
import { stopText } from './status.ts';

/** What commands act on. `write` puts a file on disk or throws a sentence; nothing else here touches the world outside. */
export interface Desk {
  readonly debug: Debugger;
  readonly console: Pick<Console, 'paint' | 'width'>;
  write(path: string, text: string): void;
  /** How long a search over the market may go on: asked again and again. */
  patience(): () => boolean;
}

/** What a command answers: text to show; `quit` leaves; `failed` makes the exit code 1, and `refused` that of a script 2: it asked for what cannot be. */
export interface Said {
  readonly text: string;
  readonly quit?: boolean;
  readonly failed?: boolean;
  readonly refused?: boolean;
}

export interface ReplCommand {
  readonly names: readonly string[];
  readonly usage: string;
  readonly help: string;
  readonly example: string;
  readonly group: 'go' | 'stop' | 'look' | 'sideways' | 'keep';
  run(desk: Desk, rest: string): Said | string;
}

export const wrong = ({ console }: Pick<Desk, 'console'>, text: string): Said => ({
  text: console.paint.red(text),
  refused: true,
});
export const refused = (desk: Desk, answer: Refused): Said => wrong(desk, refusalText(answer));
export const stopped = (desk: Desk, stop: Stop | Refused): Said | string =>
  stop.ok ? stopText(desk.debug, stop, desk.console.paint) : refused(desk, stop);

export const byId = (
  desk: Desk,
  rest: string,
  act: (id: number) => { ok: true } | Refused,
  done: string,
): Said | string => {
  if (!/^\d{1,9}$/.test(rest)) return wrong(desk, `"${rest}" is no number; info lists them`);
  const answer = act(Number(rest));
  return answer.ok ? done : refused(desk, answer);
};
