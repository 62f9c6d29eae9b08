import type { Direction, Granularity } from '../../debugger/travel.ts';
import { type ReplCommand, stopped, wrong } from './desk.ts';
import { stopText } from './status.ts';

/** Going through the talks, either way. */
export const GO: readonly ReplCommand[] = [
  stepping(['s', 'step'], 'micro', 1, 'one micro-step: the next thing that happens'),
  stepping(['n', 'next'], 'turn', 1, 'to the end of the turn'),
  stepping(['r', 'round'], 'round', 1, 'to the end of the round'),
  stepping(['k', 'kind'], 'stance', 1, 'to the next change of anybody’s stance'),
  stepping(['rs'], 'micro', -1, 'one micro-step back'),
  stepping(['rn'], 'turn', -1, 'back to the beginning of the turn'),
  stepping(['rr'], 'round', -1, 'back to the beginning of the round'),
  stepping(['rk'], 'stance', -1, 'back to the last change of anybody’s stance'),
  {
    names: ['c', 'continue'],
    usage: 'c',
    help: 'on to the next breakpoint, or the end',
    example: 'c',
    group: 'go',
    run: (desk) => stopped(desk, desk.debug.proceed(1)),
  },
  {
    names: ['rc'],
    usage: 'rc',
    help: 'back to the last breakpoint, or the start',
    example: 'rc',
    group: 'go',
    run: (desk) => stopped(desk, desk.debug.proceed(-1)),
  },
  {
    names: ['until', 'u'],
    usage: 'until CONDITION',
    help: 'on to where a condition holds',
    example: 'until time > 0.5 && standing.exists',
    group: 'go',
    run: (desk, rest) => stopped(desk, desk.debug.until(rest, 1)),
  },
  {
    names: ['runtil', 'ru'],
    usage: 'runtil CONDITION',
    help: 'back to where a condition held',
    example: 'runtil round == 2',
    group: 'go',
    run: (desk, rest) => stopped(desk, desk.debug.until(rest, -1)),
  },
  {
    names: ['goto', 'g'],
    usage: 'goto MOMENT',
    help: 'to a moment: r7, r7.2, r7.2.3, start, end, 2:r7 (on branch 2)',
    example: 'goto r3.2',
    group: 'go',
    run: (desk, rest) => stopped(desk, desk.debug.goto(rest)),
  },
  {
    names: ['end', 'finish'],
    usage: 'end',
    help: 'to the end of the talks, past every breakpoint',
    example: 'end',
    group: 'go',
    run: (desk) => stopped(desk, desk.debug.toEnd()),
  },
  {
    names: ['start', 'restart'],
    usage: 'start',
    help: 'back to before anything happened',
    example: 'start',
    group: 'go',
    run: (desk) => stopped(desk, desk.debug.restart()),
  },
];

function stepping(names: readonly string[], granularity: Granularity, direction: Direction, help: string): ReplCommand {
  return {
    names,
    usage: `${names[0]} [N]`,
    help,
    example: `${names[0]} 3`,
    group: 'go',
    run(desk, rest) {
      if (rest !== '' && !/^\d{1,7}$/.test(rest))
        return wrong(desk, `"${rest}" is no number of steps: ${names[0]} 3 takes three`);
      const from = desk.debug.position;
      let stop = desk.debug.step(granularity, direction);
      const logs = [...stop.logs];
      for (let n = 1; n < Number(rest || '1') && stop.reason === 'step'; n++) {
        stop = desk.debug.step(granularity, direction);
        logs.push(...stop.logs);
      }
      return stopText(desk.debug, { ...stop, from, logs }, desk.console.paint);
    },
  };
}
