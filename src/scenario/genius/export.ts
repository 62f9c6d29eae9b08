import type { AdditiveDomain, AdditiveIssue, AdditiveParty } from './additive.ts';
import { MOST_ISSUES } from './domain.ts';
import { additiveDomain, type Compiled, type Exported, type ExportRefusal } from './from_scenario.ts';
import { leftToRight } from './numbers.ts';
import type { Source } from './problem.ts';
import { WEIGHT_TOLERANCE } from './profile.ts';

export type Files = Exported<{ readonly domain: Source; readonly profiles: readonly Source[] }>;

/** A compiled scenario as a GENIUS domain with a profile for each party. */
export function exportGenius(compiled: Compiled): Files {
  const read = additiveDomain(compiled, (party) => misfitsOf(party).length === 0);
  if (!read.ok) return read;
  const written = writeGenius(read.domain);
  return written.ok ? { ...written, warnings: [...read.warnings, ...written.warnings] } : written;
}

/**
 * Writes an additive domain as GENIUS XML. Reading it back gives the same utilities bit for bit: highest evaluations are exactly 1, so that GENIUS's division by
 * the maximum changes nothing, and numbers carry all their digits. Every issue is written as a discrete one, also where its values are numbers.
 */
export function writeGenius(domain: AdditiveDomain): Files {
  const refusals = [...domain.parties.flatMap(misfitsOf), ...namesOf(domain)];
  if (domain.issues.length > MOST_ISSUES) {
    refusals.push({ code: 'too-many-issues', message: `there are ${domain.issues.length} issues` });
  }
  if (refusals.length > 0) return { ok: false, refusals };
  const warnings = domain.parties
    .filter(({ reservation }) => reservation === undefined)
    .map(({ name }) => `${name}: prefers any agreement to none; without a reservation value GENIUS reads 0`);
  const name = fileNames([domain.name, ...domain.parties.map((party) => party.name)]);
  return {
    ok: true,
    warnings,
    domain: { name: `${name[0]}.xml`, text: domainXml(domain) },
    profiles: domain.parties.map((party, seat) => ({ name: `${name[seat + 1]}.xml`, text: profileXml(domain, party) })),
  };
}

/** What GENIUS would read differently from what is written. */
function misfitsOf(party: AdditiveParty): ExportRefusal[] {
  const refusals: ExportRefusal[] = [];
  const refuse = (code: string, message: string) => refusals.push({ code, message: `${party.name}: ${message}` });
  const sum = leftToRight(party.weights);
  if (Math.abs(sum - 1) > WEIGHT_TOLERANCE) refuse('weights-sum', `the weights sum to ${sum}, not to 1`);
  if (party.weights.some((weight) => !(weight >= 0))) refuse('negative-weight', 'a weight is negative');
  for (const [i, table] of party.tables.entries()) {
    const highest = Math.max(...table);
    if (table.some((value) => !(value >= 0))) refuse('negative-evaluation', `issue ${i + 1} has a worth below 0`);
    else if (highest !== 1 && highest !== 0) {
      refuse('not-normalised', `the highest worth of issue ${i + 1} is ${highest}; GENIUS would divide by it`);
    }
  }
  if (!(party.discount > 0 && party.discount <= 1))
    refuse('discount', `the discount ${party.discount} is not in (0, 1]`);
  return refusals;
}

/** XML 1.0 has no way to write most control characters, or half of a surrogate pair. */
function namesOf({ issues, parties }: AdditiveDomain): ExportRefusal[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;
  const names = [...parties.map(({ name }) => name), ...issues.flatMap(({ name, values }) => [name, ...values])];
  const refusals: ExportRefusal[] = names
    .filter((name) => unwritable.test(String(name)))
    .map((name) => ({ code: 'unwritable-name', message: `XML cannot hold the name ${JSON.stringify(name)}` }));
  const twice = issues.find(({ name }, i) => issues.findIndex((other) => other.name === name) !== i);
  if (twice) refusals.push({ code: 'duplicate-issue', message: `two issues are called "${twice.name}"` });
  return refusals;
}

function domainXml({ name, issues }: AdditiveDomain): string {
  const lines = issues.flatMap((issue, i) =>
    issueXml(issue, i, (level) => `<item index="${level + 1}" value="${escaped(String(issue.values[level]))}"/>`),
  );
  return `<negotiation_template>
<utility_space number_of_issues="${issues.length}">
<objective index="0" description="" name="${escaped(name)}" type="objective" etype="objective">
${lines.join('\n')}
</objective>
</utility_space>
</negotiation_template>
`;
}

function profileXml({ name, issues }: AdditiveDomain, party: AdditiveParty): string {
  const lines = issues.flatMap((issue, i) =>
    issueXml(issue, i, (level) => {
      const value = escaped(String(issue.values[level]));
      return `<item index="${level + 1}" value="${value}" evaluation="${party.tables[i][level]}"/>`;
    }),
  );
  const weights = party.weights.map((weight, i) => `<weight index="${i + 1}" value="${weight}"/>`);
  const reservation = party.reservation === undefined ? '' : `<reservation value="${party.reservation}"/>\n`;
  return `<utility_space>
<objective index="0" description="" name="${escaped(name)}" type="objective" etype="objective">
${[...lines, ...weights].join('\n')}
</objective>
<discount_factor value="${party.discount}"/>
${reservation}</utility_space>
`;
}

function issueXml(issue: AdditiveIssue, at: number, item: (level: number) => string): string[] {
  const head = `<issue index="${at + 1}" name="${escaped(issue.name)}" vtype="discrete" type="discrete" etype="discrete">`;
  return [head, ...issue.values.map((_, level) => item(level)), '</issue>'];
}

/** Attribute text; blanks other than a space would be read back as spaces. */
const escaped = (text: string) =>
  text.replace(/[&<>"\t\n\r\u0085\u2028]/g, (character) => `&#${character.codePointAt(0)};`);

/** File names that any system takes, each once. */
export function fileNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    const base = name.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 80) || '_';
    let file = base;
    // Some file systems do not tell cases apart.
    for (let n = 2; used.has(file.toLowerCase()); n++) file = `${base}_${n}`;
    used.add(file.toLowerCase());
    return file;
  });
}
