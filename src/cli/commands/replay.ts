import { firstDifference } from '../../history/replay.ts';
import { readTrace } from '../../history/trace.ts';
import { loadScenario } from '../../scenario/load.ts';
import { run as play } from '../../session/engine.ts';
import { VERSION } from '../../version.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { readText } from '../files.ts';

/** `hashpact replay`: plays a recorded negotiation again from its own header and names the first byte line that differs. */
export function replay([path]: readonly string[], given: Readonly<Record<string, unknown>>, console: Console): number {
  const { name, text } = readText(path);
  const read = readTrace(text);
  if (!('header' in read)) throw new Refusal(`${name}:${read.problem.line}: ${read.problem.message}`);
  const { header } = read;
  const torn = read.problem;
  const loaded = loadScenario({ name: `${name} (its header)`, text: JSON.stringify(header.resolved) });
  if (!loaded.ok)
    throw new Refusal(`${name}:1: the scenario in the header cannot be read: ${loaded.diagnostics[0]?.message ?? ''}`);
  const game = loaded.scenario.game({ seed: header.seed, repetition: header.repetition });
  if (game.parts.hash !== header.hash)
    throw new Refusal(`${name}:1: the scenario in the header was changed: its hash is not the one recorded`);
  const difference = firstDifference(text, game, header, play(game));
  if (given['json'])
    console.out(
      JSON.stringify({ file: name, identical: difference === undefined, difference: difference ?? null }, null, 2),
    );
  else if (difference === undefined) console.out(`${name}: identical, ${read.lines.length} lines`);
  else if (torn !== undefined && difference.line >= torn.line) {
    console.out(`${name}:${torn.line}: ${torn.message}; the ${difference.line - 1} lines before it are identical`);
  } else {
    console.out(`${name}:${difference.line}: the replay differs here`);
    console.out(`  recorded: ${difference.recorded ?? '(nothing: the file ends before)'}`);
    console.out(`  replayed: ${difference.replayed ?? '(nothing: the talks end before)'}`);
    if (header.version !== VERSION) console.out(`  recorded with hashpact ${header.version}, replayed with ${VERSION}`);
  }
  return difference === undefined ? EXIT.done : EXIT.failed;
}
