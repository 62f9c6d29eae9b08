import type { Debugger, Stop } from '../debugger/debugger.ts';
import { factText } from '../debugger/fact_text.ts';

/** Facts told after one journey; of a longer one, the last. */
const TOLD = 200;

/** What happened on a journey forwards, a line a fact, as one text; nothing for a journey back. */
export function narrated({ frame, from }: Stop): string[] {
  const { branch, position } = frame;
  const { recording } = branch;
  if (position <= from) return [];
  const first = Math.max(from, position - TOLD);
  const lines = first > from ? [`... ${first - from} facts before`] : [];
  for (let p = first + 1; p <= position; p++)
    lines.push(`${recording.addressText(p)} ${factText(recording.fact(p)!, recording.gameAt(p))}`);
  return [`${lines.join('\n')}\n`];
}

/** What the scenario expects of its talks, held against the frame the debugger stands at; `failed` is an exit code. */
export function expectations(debug: Debugger): { lines: { text: string; holds: boolean }[]; failed: 0 | 1 } {
  const { branch, frame } = debug;
  const verdicts = branch.scenario.judge(frame.game, frame.state);
  const lines = verdicts.map(({ source, holds, why }) => ({
    text: holds ? `holds: ${source}\n` : `fails: ${why}\n`,
    holds,
  }));
  return { lines, failed: verdicts.every(({ holds }) => holds) ? 0 : 1 };
}
