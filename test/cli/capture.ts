import pc from 'picocolors';
import { main } from '../../src/cli/main.ts';

/** Runs the command line in this process and keeps what it says. */
export async function hashpact(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    paint: pc.createColors(false),
    width: 110,
    watched: false,
  });
  return { code, out: `${out.join('\n')}\n`, err: `${err.join('\n')}\n` };
}
