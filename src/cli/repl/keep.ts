import { factText } from '../../debugger/fact_text.ts';
import { counted } from '../../domain/counted.ts';
import { scriptedRun } from '../../history/scripted_run.ts';
import { sessionHeader, sessionText } from '../../history/session_file.ts';
import { VERSION } from '../../version.ts';
import { type ReplCommand, refused, wrong } from './desk.ts';

/** Keeping: notes, files, checks. */
export const KEEP: readonly ReplCommand[] = [
  {
    names: ['note'],
    usage: 'note TEXT',
    help: 'a sentence at this moment; it is kept in the session file',
    example: 'note here the price decides',
    group: 'keep',
    run({ debug, console }, rest) {
      if (rest === '') return wrong({ console }, 'note what?');
      const { at } = debug.remark(rest);
      return `noted at ${at}`;
    },
  },
  {
    names: ['notes'],
    usage: 'notes',
    help: 'all the notes, with their moments',
    example: 'notes',
    group: 'keep',
    run: ({ debug }) =>
      debug.remarks.map(({ branch, at, text }) => `${branch === 0 ? '' : `${branch}:`}${at}  ${text}`).join('\n') ||
      'no notes',
  },
  {
    names: ['export', 'e'],
    usage: 'export FILE.jsonl | FILE.yaml',
    help: 'the whole session, branches and notes, to reopen (.jsonl); or this run up to here as a scenario that expects what came out (.yaml)',
    example: 'export here.yaml',
    group: 'keep',
    run(desk, rest) {
      const { debug } = desk;
      if (rest.endsWith('.jsonl')) {
        const [main] = debug.branches;
        const header = sessionHeader(main.recording.gameAt(0), main.scenario.resolved, VERSION);
        desk.write(rest, sessionText(header, debug.branches, debug.remarks));
        return `${rest}: ${counted(debug.branches.length, 'branch', 'branches')}; reopen with hashpact debug ${rest}`;
      }
      if (!/\.ya?ml$/.test(rest))
        return wrong(desk, 'export to what? a name ending in .jsonl (the session) or .yaml (a scenario)');
      const made = scriptedRun(debug.branch, debug.position);
      if (!made.ok) return refused(desk, made);
      desk.write(rest, made.yaml);
      return `${rest}: the run up to the end of round ${made.rounds}; hashpact check ${rest} passes`;
    },
  },
  {
    names: ['verify'],
    usage: 'verify',
    help: 'play this branch again and name the first fact that comes out otherwise',
    example: 'verify',
    group: 'keep',
    run({ debug, console }) {
      const found = debug.verify();
      if (found === undefined) return console.paint.green('played again, every fact comes out the same');
      const { game } = debug.frameOf(found.position);
      const tell = (fact: typeof found.recorded) => (fact === undefined ? 'nothing' : factText(fact, game));
      const at = debug.branch.recording.addressText(found.position);
      const text = `at ${at} it comes out otherwise:\n  recorded: ${tell(found.recorded)}\n  replayed: ${found.failure ?? tell(found.replayed)}`;
      return { text: console.paint.red(text), failed: true };
    },
  },
  {
    names: ['quit', 'q', 'exit'],
    usage: 'quit',
    help: 'leave',
    example: 'quit',
    group: 'keep',
    run: () => ({ text: '', quit: true }),
  },
];
