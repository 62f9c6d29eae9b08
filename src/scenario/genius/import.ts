import { LARGEST_SPACE } from '../../domain/outcome_space.ts';
import { LARGEST_FILE } from '../limits.ts';
import { type AdditiveDomain, outcomesOf } from './additive.ts';
import { MOST_ISSUES, readDomain } from './domain.ts';
import type { Mode } from './evaluate.ts';
import { baseName } from './identifiers.ts';
import { Problems, type Read, type Source } from './problem.ts';
import { readProfile } from './profile.ts';
import { scenarioYaml } from './to_yaml.ts';

export interface GeniusOptions {
  /** Default `genius`, which is also this project's textbook reading. */
  readonly mode?: Mode;
}

export type Imported = Read<{ readonly yaml: string; readonly domain: AdditiveDomain }>;

/** What the schema of a scenario allows. */
const MOST_PARTIES = 16;

/** The fewest parties that make a negotiation. */
const FEWEST = 2;

/**
 * Reads a GENIUS domain and its profiles (XML, as distributed with GENIUS 10.4 and the ANAC competitions) into a scenario. Profiles take their seats in
 * the order they are given. Everything wrong is reported at once, each with file, line and column; warnings name every place where tools part ways.
 *
 *     const read = importGenius({ name: 'Laptop-C-domain.xml', text }, [profile1, profile2]);
 *     if (read.ok) print(read.yaml);
 */
export function importGenius(domain: Source, profiles: readonly Source[], options: GeniusOptions = {}): Imported {
  const mode = options.mode ?? 'genius';
  const problems = new Problems();
  const issues = readDomain(domain, problems);
  countProfiles(domain, profiles, problems);
  const parties = issues && profiles.map((profile) => readProfile(profile, issues, mode, problems));
  if (issues === undefined || parties === undefined || problems.any) return problems.refusal();
  const additive: AdditiveDomain = {
    name: baseName(domain.name),
    issues: issues.map(({ name, values }) => ({ name, values })),
    parties: parties.map((party) => party!),
  };
  const kind =
    mode === 'genius'
      ? "a GENIUS domain, read as GENIUS reads it (evaluations divided by the issue's maximum)"
      : 'a GENIUS domain, read as NegMAS reads it (evaluations as they stand)';
  return asScenario(additive, kind, domain, profiles, problems);
}

/** The scenario of a domain that was read, unless it is larger than a scenario may be. */
export function asScenario(
  domain: AdditiveDomain,
  kind: string,
  source: Source,
  profiles: readonly Source[],
  problems: Problems,
): Imported {
  const { warnings } = problems;
  tooLarge(source, domain, problems);
  const yaml = problems.any
    ? ''
    : scenarioYaml(domain, { kind, domainFile: source.name, profileFiles: profiles.map(({ name }) => name), warnings });
  const bytes = Buffer.byteLength(yaml);
  if (bytes > LARGEST_FILE) {
    const message = `the scenario would have ${Math.ceil(bytes / 1024)} KB; at most ${LARGEST_FILE / 1024} KB are read`;
    problems.add(source, 0, 'too-large', message);
  }
  return problems.any ? problems.refusal() : { ok: true, yaml, domain, warnings };
}

/** A domain without the parties' profiles says nothing about what anybody wants. */
export function countProfiles(domain: Source, profiles: readonly Source[], problems: Problems): void {
  if (profiles.length >= FEWEST) return;
  const given = profiles.length === 0 ? 'none was given' : 'only one was given';
  const hint = 'name a profile for each party, after the domain';
  problems.add(domain, 0, 'missing-profiles', `a negotiation needs at least two profiles and ${given}`, hint);
}

function tooLarge(source: Source, { issues, parties }: AdditiveDomain, problems: Problems): void {
  const outcomes = outcomesOf(issues);
  const counts: [number, number, string][] = [
    [outcomes, LARGEST_SPACE, 'outcomes'],
    [issues.length, MOST_ISSUES, 'issues'],
    [parties.length, MOST_PARTIES, 'parties'],
  ];
  for (const [count, most, what] of counts) {
    if (count <= most) continue;
    problems.add(source, 0, `too-many-${what}`, `there are ${count} ${what}; a scenario holds at most ${most}`);
  }
}
