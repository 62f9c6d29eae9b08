import pc from 'picocolors';
import { main } from '../../src/cli/main.ts';

/** Runs the command line in this process and keeps what it says. */
export const hashpact = (...argv: string[]) => hashpactAt(110, ...argv);

/** The same on a terminal of so many columns. */
export async function hashpactAt(
  width: number,
  ...argv: string[]
): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    paint: pc.createColors(false),
    width,
    watched: false,
  });
  return { code, out: `${out.join('\n')}\n`, err: `${err.join('\n')}\n` };
}
