import { entry } from '../render/wrap.ts';
import { type Desk, type ReplCommand, type Said, wrong } from './desk.ts';
import { GO } from './go.ts';
import { KEEP } from './keep.ts';
import { LOOK } from './look.ts';
import { SIDEWAYS } from './sideways.ts';
import { STOP } from './stop.ts';

/** Every command of the terminal, in the order of `help`. */
export const COMMANDS: readonly ReplCommand[] = [
  ...GO,
  ...STOP,
  ...LOOK,
  ...SIDEWAYS,
  ...KEEP,
  {
    names: ['help', 'h', '?'],
    usage: 'help [COMMAND]',
    help: 'all commands, or one with an example',
    example: 'help break',
    group: 'keep',
    run: (desk, rest) => helpText(desk, rest),
  },
];

const GROUPS: Readonly<Record<ReplCommand['group'], string>> = {
  go: 'Going (N times; r… goes backwards)',
  stop: 'Stopping',
  look: 'Looking',
  sideways: 'Sideways',
  keep: 'Keeping',
};

export const commandOf = (name: string): ReplCommand | undefined => COMMANDS.find(({ names }) => names.includes(name));

function helpText({ console }: Desk, rest: string): Said | string {
  const { paint, width } = console;
  if (rest !== '') {
    const command = commandOf(rest);
    if (command === undefined) return wrong({ console }, `there is no command "${rest}"; help lists them all`);
    const { names, usage, help, example } = command;
    return [
      `${paint.bold(usage)}${names.length > 1 ? paint.dim(`  (also ${names.slice(1).join(', ')})`) : ''}`,
      `  ${help}`,
      `  example: ${example}`,
    ].join('\n');
  }
  const lines = Object.entries(GROUPS).flatMap(([group, title]) => [
    paint.bold(title),
    ...COMMANDS.filter((command) => command.group === group).map(({ usage, help }) =>
      entry(`  ${usage}`, help, Math.min(37, width >> 1), width),
    ),
  ]);
  return [
    ...lines,
    'help COMMAND tells more, with an example. hashpact words SCENARIO lists the words of expressions.',
  ].join('\n');
}
