import { valueText } from '../../debugger/logpoint.ts';
import { byId, type Desk, type ReplCommand, refused, type Said } from './desk.ts';
import { readBreak } from './syntax.ts';

/** Stopping: breakpoints. */
export const STOP: readonly ReplCommand[] = [
  {
    names: ['break', 'b'],
    usage: 'break PLACE [if CONDITION] [hits N] [log TEXT]',
    help: 'stop at: r7, r7.2, PARTY, PARTY.STATE, enter STATE, left STATE [of PARTY], A->B, event [ID], stance, deal, walkout, refusal [PARTY], end, issue ID, on EXPR (it changes), if CONDITION (it becomes true); hits 3, >= 3 or % 2; log tells {EXPR} and goes on',
    example: 'break on upper.utility if upper.utility < 0.4',
    group: 'stop',
    run: setBreak(false),
  },
  {
    names: ['tbreak', 'tb'],
    usage: 'tbreak PLACE',
    help: 'the same, for one stop',
    example: 'tbreak deal',
    group: 'stop',
    run: setBreak(true),
  },
  {
    names: ['delete', 'd'],
    usage: 'delete N',
    help: 'take a breakpoint out',
    example: 'delete 1',
    group: 'stop',
    run: (desk, rest) => byId(desk, rest, (id) => desk.debug.removeBreakpoint(id), `breakpoint ${rest} is gone`),
  },
  {
    names: ['enable'],
    usage: 'enable N',
    help: 'let a breakpoint stop again',
    example: 'enable 1',
    group: 'stop',
    run: (desk, rest) => byId(desk, rest, (id) => desk.debug.enable(id), `breakpoint ${rest} stops`),
  },
  {
    names: ['disable'],
    usage: 'disable N',
    help: 'keep a breakpoint, but pass it by',
    example: 'disable 1',
    group: 'stop',
    run: (desk, rest) => byId(desk, rest, (id) => desk.debug.enable(id, false), `breakpoint ${rest} is passed by`),
  },
  {
    names: ['info', 'i'],
    usage: 'info',
    help: 'breakpoints and watches',
    example: 'info',
    group: 'stop',
    run({ debug }) {
      const lines = debug.breakpoints.map(
        ({ id, text, enabled }) => `breakpoint ${id}: ${text}${enabled ? '' : ' (disabled)'}`,
      );
      const watches = debug.watches.map(({ id, source, value }) => `watch ${id}: ${source} = ${valueText(value)}`);
      return [...lines, ...watches].join('\n') || 'no breakpoints, no watches';
    },
  },
];

function setBreak(temporary: boolean) {
  return (desk: Desk, rest: string): Said | string => {
    const { debug } = desk;
    const read = readBreak(rest, debug.frame.game.ids, temporary);
    if (!read.ok) return refused(desk, read);
    const set = debug.setBreakpoint(read.spec);
    return set.ok ? `breakpoint ${set.breakpoint.id}: ${set.breakpoint.text}` : refused(desk, set);
  };
}
