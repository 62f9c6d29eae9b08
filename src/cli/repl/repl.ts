import { createInterface } from 'node:readline';
import { suggest } from '../../expression/index.ts';
import { EXIT, Refusal } from '../console.ts';
import { COMMANDS, commandOf } from './commands.ts';
import { type Desk, type Said, wrong } from './desk.ts';

/** Answers one line; whatever it is, the session goes on. */
export function answer(desk: Desk, line: string): Said {
  const match = /^\s*(\S+)\s*(.*?)\s*$/.exec(line.replace(/\s#\s.*$/, ''));
  if (match === null || match[1].startsWith('#')) return { text: '' };
  const [, name, rest] = match;
  const command = commandOf(name);
  if (command === undefined) {
    const near = suggest(
      name,
      COMMANDS.flatMap(({ names }) => names.filter((one) => one.length > 2)),
    );
    return wrong(desk, `there is no command "${name}": ${near ? `did you mean "${near}"?` : 'help lists them all'}`);
  }
  try {
    const said = command.run(desk, rest);
    return typeof said === 'string' ? { text: said } : said;
  } catch (error) {
    if (error instanceof Refusal) return wrong(desk, error.message);
    return wrong(desk, `${name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What a half-typed line may become: commands first, then the words that fit its place. */
export function complete({ debug }: Desk, line: string): [string[], string] {
  const words = line.trimStart().split(/\s+/);
  const last = words[words.length - 1] ?? '';
  if (words.length <= 1) {
    const names = COMMANDS.flatMap((command) => command.names.filter((name) => name.length > 2));
    return [names.filter((name) => name.startsWith(last)), last];
  }
  const { game } = debug.frame;
  const command = commandOf(words[0]);
  const name = command?.names[0];
  const equals = last.lastIndexOf('=');
  const issue = equals > 0 ? game.space.issues.find(({ id }) => id === last.slice(0, equals)) : undefined;
  let options: string[];
  if (issue !== undefined)
    options = Array.from({ length: Math.min(issue.size, 200) }, (_, level) => `${issue.id}=${issue.value(level)}`);
  else if (name === 'o') options = game.space.issues.map(({ id }) => `${id}=`);
  else if (name === 'fork' && words.length === 2)
    options = [
      'market',
      'term',
      'reservation',
      'deadline',
      'stance',
      'strategy',
      'seed',
      'offer',
      'accept',
      'pass',
      'walk',
    ];
  else if (name === 'help') options = COMMANDS.flatMap(({ names }) => names);
  else if (name === 'play' || name === 'stance' || name === 'why') options = [...game.ids];
  else {
    const breaks =
      name === 'break'
        ? ['enter', 'left', 'event', 'stance', 'deal', 'walkout', 'refusal', 'end', 'issue', 'on', 'if']
        : [];
    const states =
      name === 'break'
        ? game.players.flatMap((player, seat) => [...player.postures.keys()].map((path) => `${game.ids[seat]}.${path}`))
        : [];
    options = [...breaks, ...game.ids, ...states, ...Object.keys(debug.vocabulary.names)];
  }
  return [options.filter((option) => option.startsWith(last)), last];
}

export interface ReplInput {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Whether a person sits there: a prompt, history, completion, and an empty line does the last step again. */
  readonly terminal: boolean;
}

/**
 * Reads lines until the end or `quit`, and gives the exit code: whether everything that was checked held, and in a script whether every line could be done. A
 * person has seen what could not.
 */
export async function repl(
  desk: Desk,
  { input, output, terminal }: ReplInput,
  out: (text: string) => void,
): Promise<number> {
  const lines = createInterface({
    input,
    output: terminal ? output : undefined,
    terminal,
    completer: (line: string) => complete(desk, line),
  });
  let code: number = EXIT.done;
  let last = '';
  const prompt = () => {
    if (!terminal) return;
    lines.setPrompt(`(${desk.debug.frame.at}) `);
    lines.prompt();
  };
  if (terminal) {
    lines.on('SIGINT', () => {
      output.write('\n(quit leaves)\n');
      prompt();
    });
  }
  prompt();
  for await (const line of lines) {
    const again = terminal && line.trim() === '' && REPEATED.has(last.split(/\s+/)[0]);
    const said = answer(desk, again ? last : line);
    if (line.trim() !== '') last = line.trim();
    if (said.text !== '') out(said.text);
    if (said.refused && !terminal) code = EXIT.refused;
    if (said.failed && code === EXIT.done) code = EXIT.failed;
    if (said.quit) break;
    prompt();
  }
  lines.close();
  return code;
}

/** What an empty line does again, as in gdb. */
const REPEATED = new Set(['s', 'n', 'r', 'k', 'rs', 'rn', 'rr', 'rk', 'c', 'rc', 'step', 'next', 'round', 'continue']);
