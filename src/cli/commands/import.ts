import { basename } from 'node:path';
import { type Console, EXIT, Refusal } from '../console.ts';
import { Ledger } from '../ledger.ts';
import { openScenario } from '../scenarios.ts';

const CAP = 2 * 1024 * 1024;

/** `hashpact import genius|geniusweb`: a domain with its profiles becomes a scenario. */
export async function importDomain(
  [format, domain, ...profiles]: readonly string[],
  given: Readonly<Record<string, unknown>>,
  console: Console,
): Promise<number> {
  if (profiles.length < 2)
    throw new Refusal(
      'a negotiation needs two profiles at least',
      'hashpact import genius domain.xml profile1.xml profile2.xml',
    );
  const mode = (given['mode'] ?? 'genius') as string;
  if (mode !== 'genius' && mode !== 'negmas') throw new Refusal(`--mode takes genius or negmas, not "${mode}"`);
  const target = given['output'] === '-' ? undefined : (given['output'] as string | undefined);
  const ledger = new Ledger();
  ledger.claim({ '--output': target });
  const imported = await load(format, [domain, ...profiles], mode, ledger);
  if (!imported.ok) {
    for (const { file, line, column, code, message, hint } of imported.diagnostics) {
      console.err(`${file}:${line}:${column}  ${code}  ${message}${hint ? `\n    ${hint}` : ''}`);
    }
    throw new Refusal(
      `${imported.diagnostics.length} ${imported.diagnostics.length === 1 ? 'mistake' : 'mistakes'}, nothing was imported`,
    );
  }
  for (const warning of imported.warnings) console.err(`${console.paint.yellow('note')}: ${warning}`);
  if (target === undefined) console.out(imported.yaml.trimEnd());
  else {
    ledger.write(target, imported.yaml);
    console.err(`wrote ${target}`);
  }
  return EXIT.done;
}

async function load(format: string, paths: readonly string[], mode: 'genius' | 'negmas', ledger: Ledger) {
  const [domain, ...profiles] = paths.map((path) => ledger.read(path, CAP));
  if (format === 'genius') {
    const { importGenius } = await import('../../scenario/genius/import.ts');
    return importGenius(domain, profiles, { mode });
  }
  if (format === 'geniusweb') {
    const { importGeniusWeb } = await import('../../scenario/geniusweb/import.ts');
    return importGeniusWeb(domain, profiles);
  }
  throw new Refusal(`import knows genius and geniusweb, not "${format}"`);
}

/** `hashpact export genius|geniusweb`: a scenario becomes a domain file and a profile for each party, in a folder. */
export async function exportDomain(
  [format, path]: readonly string[],
  given: Readonly<Record<string, unknown>>,
  console: Console,
): Promise<number> {
  const ledger = new Ledger();
  const scenario = await openScenario(path, {}, console, ledger);
  const exported = await write(format, scenario.stage);
  if (!exported.ok) {
    for (const { code, message, hint } of exported.refusals)
      console.err(`${path}  ${code}  ${message}${hint ? `\n    ${hint}` : ''}`);
    throw new Refusal('nothing was exported');
  }
  for (const warning of exported.warnings) console.err(`${console.paint.yellow('note')}: ${warning}`);
  const folder = (given['output'] as string | undefined) ?? '.';
  for (const file of [exported.domain, ...exported.profiles]) {
    const target = `${folder}/${basename(file.name)}`;
    ledger.write(target, file.text);
    console.err(`wrote ${target}`);
  }
  return EXIT.done;
}

async function write(format: string, stage: Awaited<ReturnType<typeof openScenario>>['stage']) {
  if (format === 'genius') return (await import('../../scenario/genius/export.ts')).exportGenius(stage);
  if (format === 'geniusweb') return (await import('../../scenario/geniusweb/export.ts')).exportGeniusWeb(stage);
  throw new Refusal(`export knows genius and geniusweb, not "${format}"`);
}
