import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, Option } from 'commander';
import { RestlessStance } from '../session/contracts/stance.ts';
import { VERSION } from '../version.ts';
import { addComparison } from './commands/comparison_commands.ts';
import { addMining } from './commands/mining_commands.ts';
import { type Console, EXIT, processConsole, Refusal } from './console.ts';
import { fileTrouble } from './files.ts';

type Action = (
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  console: Console,
) => Promise<number> | number;

/** What every command that runs a scenario understands. */
const SEED = new Option('--seed <n>', 'the master seed of all chance').default('1');
const ROUNDS = new Option('--rounds <n>', 'rounds until the deadline, in place of the scenario’s');
const SET = new Option('--set <path=value>', 'change one figure, such as parties.russia.reservation=300 (repeatable)')
  .argParser(gather)
  .default([]);
const STRATEGY = new Option(
  '--strategy <party=name>',
  'give a party a strategy from the library, or own for the scenario’s (repeatable; a seat number names it too)',
)
  .argParser(gather)
  .default([]);
const VARIANT = new Option('--variant <id>', 'apply one of the scenario’s named variants');
const REPETITION = new Option('--repetition <n>', 'the luck of one repetition of a comparison, from 0');
const JSON_OUT = new Option('--json', 'print one JSON document instead of text');

function gather(value: string, before: string[]): string[] {
  return [...before, value];
}

/** Builds the command line. Each command's modules load only when it is called. */
export function program(console: Console, finish: (code: number) => void): Command {
  const root = new Command('hashpact')
    .description('A negotiation laboratory: run, step through and compare negotiations written as one YAML file.')
    .version(VERSION)
    .showHelpAfterError('(add --help for what it takes)')
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => console.out(text.trimEnd()),
      writeErr: (text) => console.err(text.trimEnd()),
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 an expectation or check failed, 2 bad usage or bad scenario, 130 interrupted.',
    );

  const does =
    (load: () => Promise<Action>) =>
    async (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      const options = command.opts();
      try {
        finish(await (await load())(command.args, options, console));
      } catch (error) {
        // Who reads documents gets one in any case; the sentence goes to people as ever
        if (error instanceof Refusal && options['json'])
          console.out(JSON.stringify({ ok: false, problems: error.problems }, null, 2));
        throw error;
      }
    };

  root
    .command('run')
    .argument('<scenario>', 'a scenario file, or - for standard input')
    .description('run one negotiation and explain its outcome')
    .addOption(SEED)
    .addOption(ROUNDS)
    .addOption(SET)
    .addOption(STRATEGY)
    .addOption(VARIANT)
    .addOption(JSON_OUT)
    .addOption(REPETITION)
    .option('--compat <tool>', 'play exactly as another tool does: negmas')
    .option('--trace <file>', 'write the complete record as JSON Lines')
    .option('--report <file>', 'write a self-contained HTML report')
    .option('--quiet', 'only the outcome')
    .addHelpText(
      'after',
      '\nExamples:\n  hashpact run scenarios/zaporizhzhia.yaml\n  hashpact run scenarios/bill_and_jack.yaml --strategy bill=boulware --seed 7\n  hashpact run scenarios/zaporizhzhia.yaml --set market.price=60000 --trace talks.jsonl',
    )
    .action(does(async () => (await import('./commands/run.ts')).run));

  root
    .command('check')
    .argument('<files...>', 'scenario or sweep files')
    .description('validate scenarios and check what they expect of themselves')
    .addOption(SEED)
    .addOption(JSON_OUT)
    .addHelpText('after', '\nExample:\n  hashpact check scenarios/*.yaml')
    .action(does(async () => (await import('./commands/check.ts')).check));

  addComparison(root, does, {
    seed: SEED,
    rounds: ROUNDS,
    set: SET,
    strategy: STRATEGY,
    variant: VARIANT,
    json: JSON_OUT,
  });

  root
    .command('analyze')
    .argument('<scenario>', 'a scenario file, or - for standard input')
    .description('what is possible whoever plays: frontier, bargaining solutions, equilibria, trades')
    .option('--mode <tool>', 'definitions: textbook, negmas or genius', 'textbook')
    .option('--weights <list>', 'bargaining power for the Nash solution, one number a party')
    .option('--pair <ids>', 'the two parties of the picture')
    .option('--turns <n>', 'turns of the finite alternating-offers equilibrium', '30')
    .option(
      '--outcome <values>',
      'also how far one outcome is from each solution: issue=value,... over the Nash solution',
    )
    .option('--report <file>', 'write a self-contained HTML report')
    .addOption(SET)
    .addOption(VARIANT)
    .addOption(JSON_OUT)
    .addHelpText(
      'after',
      '\nExamples:\n  hashpact analyze scenarios/bill_and_jack.yaml\n  hashpact analyze scenarios/bill_and_jack.yaml --outcome pen=jack,knife=bill\n  hashpact analyze scenarios/zaporizhzhia.yaml --pair ukraine,united_states --json',
    )
    .action(does(async () => (await import('./commands/analyze.ts')).analyze));

  root
    .command('import')
    .argument('<format>', 'genius or geniusweb')
    .argument('<domain>', 'the domain file (XML or JSON)')
    .argument('<profiles...>', 'a profile for each party, in seat order')
    .description('turn a GENIUS or GeniusWeb domain into a scenario')
    .option('-o, --output <file>', 'write the scenario there instead of standard output')
    .option('--mode <tool>', 'read utilities as genius (evaluation / maximum) or as negmas does', 'genius')
    .addHelpText('after', '\nExample:\n  hashpact import genius domain.xml profile1.xml profile2.xml -o domain.yaml')
    .action(does(async () => (await import('./commands/import.ts')).importDomain));

  root
    .command('export')
    .argument('<format>', 'genius or geniusweb')
    .argument('<scenario>', 'a scenario whose values are sums over issues')
    .description('turn a scenario into a GENIUS or GeniusWeb domain')
    .option('-o, --output <folder>', 'where the domain and the profiles are written', '.')
    .addHelpText('after', '\nExample:\n  hashpact export genius scenarios/bill_and_jack.yaml -o /tmp')
    .action(does(async () => (await import('./commands/import.ts')).exportDomain));

  root
    .command('replay')
    .argument('<recording>', 'a trace (run --trace) or a session file, up to a moment with #r7.2')
    .description('play a recording again: a trace is compared byte for byte, a session fact by fact')
    .addOption(JSON_OUT)
    .addHelpText('after', '\nExamples:\n  hashpact replay talks.jsonl\n  hashpact replay talks.jsonl#r7.2')
    .action(does(async () => (await import('./commands/replay.ts')).replay));

  root
    .command('debug')
    .argument('<scenario|trace>', 'a scenario, or a recording (.jsonl); a moment may follow: talks.jsonl#r7.2')
    .description('step through a negotiation forwards, backwards and sideways, asking why')
    .addOption(SEED)
    .addOption(ROUNDS)
    .addOption(SET)
    .addOption(STRATEGY)
    .addOption(VARIANT)
    .addOption(REPETITION)
    .option('--command <file>', 'read the commands from a file')
    .addHelpText(
      'after',
      '\nExamples:\n  hashpact debug scenarios/bill_and_jack.yaml\n  hashpact debug talks.jsonl#r7.2.3\n  printf "break deal\\nc\\nwhy\\n" | hashpact debug scenarios/bill_and_jack.yaml',
    )
    .action(does(async () => (await import('./commands/debug.ts')).debug));

  root
    .command('dap')
    .description('debug adapter for editors: step through a scenario in VS Code, Neovim and others')
    .option(
      '--port <n>',
      'listen on this port of this machine alone instead of standard input and output; 0: any free one',
    )
    .option('--token <text>', 'serve only launch configurations that say "token": this text')
    .addHelpText('after', '\nExamples:\n  hashpact dap\n  hashpact dap --port 4711 --token "$(openssl rand -hex 16)"')
    .action(does(async () => (await import('./commands/dap.ts')).dap));

  root
    .command('stance')
    .argument('[name]', 'a strategy of the library; without it, all are listed')
    .description('draw a ready-made stance machine as Mermaid text')
    .addOption(JSON_OUT)
    .addHelpText('after', '\nExamples:\n  hashpact stance\n  hashpact stance broker')
    .action(does(async () => (await import('./commands/stance.ts')).stance));

  root
    .command('shelf')
    .argument('[name]', 'a shelf (tactics, effects, ...) or something on one; without it, all are listed')
    .description('list what a scenario may be made of, each kind with its fields and an example')
    .addOption(JSON_OUT)
    .addHelpText('after', '\nExamples:\n  hashpact shelf\n  hashpact shelf tactics\n  hashpact shelf time_dependent')
    .action(does(async () => (await import('./commands/shelf.ts')).shelfCommand));

  root
    .command('schema')
    .description('print the JSON Schema (draft-7) of scenario files')
    .addHelpText('after', '\nExample:\n  hashpact schema > scenarios/hashpact.schema.json')
    .action(does(async () => (await import('./commands/schema.ts')).schema));

  root
    .command('words')
    .argument('[scenario]', 'a scenario whose names to include')
    .description('list the words that guards, events and expectations may use')
    .addOption(JSON_OUT)
    .addHelpText('after', '\nExample:\n  hashpact words scenarios/bill_and_jack.yaml')
    .action(does(async () => (await import('./commands/words.ts')).words));

  addMining(root, does, { set: SET, variant: VARIANT });

  return root;
}

/** Runs the command line and sets the process's exit code; trouble the user can mend is a sentence, never a stack. */
export async function main(argv: readonly string[], console: Console = processConsole()): Promise<number> {
  let code: number = EXIT.done;
  try {
    await program(console, (finished) => {
      code = finished;
    }).parseAsync([...argv], { from: 'user' });
  } catch (error) {
    code = told(error, console);
  }
  return code;
}

function told(error: unknown, console: Console): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.refused;
  if (error instanceof Refusal) {
    console.err(`hashpact: ${error.message}${error.hint ? `\n  ${error.hint}` : ''}`);
    return EXIT.refused;
  }
  if (error instanceof RestlessStance) {
    console.err(`hashpact: ${error.message}`);
    return EXIT.refused;
  }
  if ((error as { code?: string }).code === 'EPIPE') return EXIT.done;
  console.err(`hashpact: internal error, please report it: ${(error as Error).stack ?? String(error)}`);
  return EXIT.refused;
}

/**
 * Starts hashpact on the process's own arguments. Ctrl-C is left to the system, which ends the process at once (130 to a shell): a handler would wait for the
 * valuation to finish. Commands with something to keep put in their own. A reader who has read enough (EPIPE) ends everything quietly; output that is lost otherwise
 * is told at the end, when the files have been written.
 */
export async function start(): Promise<void> {
  let lost: unknown;
  process.stdout.on('error', (error: { code?: string }) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    lost ??= error;
  });
  // Nobody is left to be told that standard error cannot be written.
  process.stderr.on('error', () => {});
  process.on('exit', () => {
    if (lost === undefined) return;
    process.stderr.write(`hashpact: ${(fileTrouble(lost, 'standard output', 'write') as Error).message}\n`);
    process.exitCode = EXIT.refused;
  });
  process.exitCode = await main(process.argv.slice(2));
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await start();
