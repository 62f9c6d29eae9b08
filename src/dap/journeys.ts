import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { refusalText, type Stop } from '../debugger/debugger.ts';
import type { Direction, Granularity } from '../debugger/travel.ts';
import type { Refused } from '../history/refused.ts';
import { changeAt, pathNamed } from './edits.ts';
import { type Talks, Unanswerable } from './talks.ts';

const GRANULARITIES: readonly Granularity[] = ['micro', 'turn', 'round', 'stance'];

/** Requests that move the talks and end at once. In is a micro-step, over a turn, out a round; `hashpact/...` is what the protocol has no word for. */
export const JOURNEYS = {
  stepIn: ({ debug }: Talks) => debug.step('micro', 1),
  next: ({ debug }: Talks, { granularity }: Dap.NextArguments) =>
    debug.step(granularity === 'instruction' ? 'micro' : 'turn', 1),
  stepOut: ({ debug }: Talks) => debug.step('round', 1),
  stepBack: ({ debug, args }: Talks, { granularity }: Dap.StepBackArguments) =>
    debug.step(
      granularity === 'instruction' ? 'micro' : granularity === 'line' ? 'turn' : (args.stepBack ?? 'turn'),
      -1,
    ),
  goto({ debug, targets }: Talks, { targetId }: Dap.GotoArguments): Stop | Refused {
    const at = targets.get(targetId);
    if (at === undefined) throw new Unanswerable(`there is no target ${targetId}: ask for targets again`);
    return debug.goto(at);
  },
  'hashpact/reverseTurn': ({ debug }: Talks) => debug.step('turn', -1),
  'hashpact/reverseRound': ({ debug }: Talks) => debug.step('round', -1),
  'hashpact/step': ({ debug }: Talks, args: { granularity?: Granularity; direction?: Direction }) => {
    const { granularity = 'turn' } = args;
    if (!GRANULARITIES.includes(granularity))
      throw new Unanswerable(`"granularity" is one of ${GRANULARITIES.join(', ')}`);
    return debug.step(granularity, directionOf(args));
  },
  'hashpact/goto': ({ debug }: Talks, { address }: { address?: string }) => debug.goto(textOf('address', address)),
  'hashpact/until': ({ debug }: Talks, args: { condition?: string; direction?: Direction }) =>
    debug.until(textOf('condition', args.condition), directionOf(args)),
};

/** What a journey's end is called where nothing was hit. */
export const REASONS: Readonly<Record<string, string>> = {
  goto: 'goto',
  'hashpact/goto': 'goto',
  'hashpact/until': 'goto',
};

/** Requests that change a value: a fork, from which the talks go on on a branch of their own. */
export const CHANGES = {
  setVariable: (talks: Talks, { variablesReference, name, value }: Dap.SetVariableArguments) =>
    changed(talks, talks.variables.pathOf(variablesReference, name) ?? '', value),
  setExpression: (talks: Talks, { expression, value }: Dap.SetExpressionArguments) =>
    changed(talks, pathNamed(talks.debug.frame, expression), value),
};

function changed({ debug, variables }: Talks, path: string, value: string) {
  const change = changeAt(debug.frame, path, value);
  const stop = change.ok ? debug.fork(change.change) : change;
  if (!stop.ok) throw new Unanswerable(refusalText(stop));
  const now = debug.evaluate(path);
  const { text, variablesReference } = now.ok
    ? variables.show(now.value, path)
    : { text: value, variablesReference: 0 };
  return { stop, body: { value: text, variablesReference } };
}

function directionOf({ direction = 1 }: { direction?: Direction }): Direction {
  if (direction !== 1 && direction !== -1) throw new Unanswerable('"direction" is 1 or -1');
  return direction;
}

function textOf(name: string, given: unknown): string {
  if (typeof given !== 'string') throw new Unanswerable(`"${name}" must be a text`);
  return given;
}
