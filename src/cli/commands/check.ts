import { isSweepFile } from '../../comparison/sweep_file.ts';
import { counted } from '../../domain/counted.ts';
import { type Diagnostic, plainly, warningText } from '../../scenario/diagnose.ts';
import { RestlessStance } from '../../session/contracts/stance.ts';
import { begin, run as play } from '../../session/engine.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { Ledger } from '../ledger.ts';
import { MOST_READ, openScenario, wholeNumber } from '../scenarios.ts';

interface Row {
  readonly file: string;
  readonly ok: boolean;
  readonly expectations: readonly { readonly source: string; readonly holds: boolean; readonly why: string }[];
  /** Why the file could not even be run. */
  readonly refusal?: Refusal;
  readonly warnings?: readonly Diagnostic[];
  /** Whether what holds is told too: an ordering says where it breaks even where that was allowed for. */
  readonly told?: boolean;
}

/** `hashpact check`: every file validated, run, and held to what it expects of itself. */
export async function check(
  files: readonly string[],
  given: Readonly<Record<string, unknown>>,
  console: Console,
): Promise<number> {
  const seed = wholeNumber('--seed', String(given['seed'] ?? '1'), 0, Number.MAX_SAFE_INTEGER);
  const { paint } = console;
  const rows: Row[] = [];
  let worst: number = EXIT.done;
  for (const file of files) {
    const row = await checkOne(file, seed, console);
    rows.push(row);
    if (row.refusal !== undefined) worst = EXIT.refused;
    else if (!row.ok && worst === EXIT.done) worst = EXIT.failed;
    if (given['json']) continue;
    for (const one of row.warnings ?? []) console.err(paint.yellow(warningText(one)));
    const passed = row.expectations.filter(({ holds }) => holds).length;
    const mark = row.ok ? paint.green('✓') : paint.red('✗');
    console.out(
      `${mark} ${file}${row.refusal ? `: ${row.refusal.message.replace(` in ${file}`, '')}` : `: ${passed} of ${counted(row.expectations.length, 'expectation holds', 'expectations hold')}`}`,
    );
    for (const { holds, why } of row.expectations) {
      if (!holds) console.out(paint.red(`    ${why}`));
      else if (row.told) console.out(`    ${why}`);
    }
  }
  if (given['json']) console.out(JSON.stringify(rows.map(documented), null, 2));
  return worst;
}

const documented = ({ warnings, refusal, ...row }: Row) => ({
  ...row,
  ...(warnings && { warnings: warnings.map(plainly) }),
  ...(refusal && { problems: refusal.problems }),
});

async function checkOne(file: string, seed: number, console: Console): Promise<Row> {
  try {
    const ledger = new Ledger();
    const text = ledger.read(file, MOST_READ);
    if (isSweepFile(text.text)) {
      const { orderingsOf } = await import('./sweep.ts');
      const expectations = (await orderingsOf(text, console, ledger)).map(
        ({ id, text: said, ok, held, judged, claim, points }) => {
          const where = (kept: boolean) => {
            const there = points.filter(({ holds }) => holds === kept);
            return there.map(({ at }) => at.join(', ') || 'the scenario as written').join(' | ');
          };
          const holds = held > 0 ? `; holds at ${where(true)}` : '';
          const breaks = held < judged ? `; breaks at ${where(false)}` : '';
          return {
            source: id,
            holds: ok,
            why: `${said} (${held} of ${counted(judged, 'point')}, claimed: ${claim}${holds}${breaks})`,
          };
        },
      );
      return { file, ok: expectations.every(({ holds }) => holds), expectations, told: true };
    }
    const scenario = await openScenario(file, {}, console, ledger);
    const { warnings } = scenario;
    const game = scenario.game({ seed });
    let state = begin(game);
    for (const turn of play(game, state, false)) state = turn.state;
    const expectations = scenario.judge(game, state).map(({ source, holds, why }) => ({ source, holds, why }));
    return { file, ok: expectations.every(({ holds }) => holds), expectations, warnings };
  } catch (error) {
    if (error instanceof Refusal) return { file, ok: false, expectations: [], refusal: error };
    if (error instanceof RestlessStance)
      return { file, ok: false, expectations: [], refusal: new Refusal(error.message) };
    throw error;
  }
}
