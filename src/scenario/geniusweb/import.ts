import type { AdditiveDomain } from '../genius/additive.ts';
import { baseName } from '../genius/identifiers.ts';
import { asScenario, countProfiles, type Imported } from '../genius/import.ts';
import { Problems, type Source } from '../genius/problem.ts';
import { readWebDomain } from './domain.ts';
import { readJson } from './json.ts';
import { readWebProfile } from './profile.ts';

/**
 * Reads a GeniusWeb domain and its linear additive profiles (JSON) into a scenario. Utilities stand as written, in [0, 1]; a reservation bid becomes the
 * reservation value it is worth. GeniusWeb adds up in decimals, this project in doubles from left to right, as NegMAS does.
 */
export function importGeniusWeb(domain: Source, profiles: readonly Source[]): Imported {
  const problems = new Problems();
  const read = readWebDomain(domain, readJson(domain, problems), problems);
  countProfiles(domain, profiles, problems);
  const parties = read && profiles.map((profile) => readWebProfile(profile, read.issues, problems));
  if (parties === undefined || problems.any) return problems.refusal();
  const additive: AdditiveDomain = {
    name: read?.name.trim() || baseName(domain.name),
    issues: (read?.issues ?? []).map(({ name, values }) => ({ name, values })),
    parties: parties.map((party) => party!),
  };
  return asScenario(additive, 'a GeniusWeb domain, utilities as they stand', domain, profiles, problems);
}
