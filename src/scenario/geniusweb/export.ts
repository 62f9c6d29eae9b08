import { type AdditiveDomain, type AdditiveParty, outcomesOf, spanOf, utilityOf } from '../genius/additive.ts';
import { type Files, fileNames } from '../genius/export.ts';
import { additiveDomain, type Compiled, type ExportRefusal } from '../genius/from_scenario.ts';
import { add, compare, type Decimal, toDecimal, toNumber } from './decimals.ts';
import { WEIGHT_TOLERANCE } from './profile.ts';

/** Looking for a bid that is worth exactly the reservation value goes through all outcomes, up to this many. */
const MOST_OUTCOMES = 2_000_000;

/** A compiled scenario as a GeniusWeb domain with a linear additive profile for each party. */
export function exportGeniusWeb(compiled: Compiled): Files {
  const read = additiveDomain(compiled, (party) => misfitsOf(party).length === 0);
  if (!read.ok) return read;
  const written = writeGeniusWeb(read.domain);
  return written.ok ? { ...written, warnings: [...read.warnings, ...written.warnings] } : written;
}

/**
 * Writes an additive domain as GeniusWeb JSON; reading it back gives the same utilities bit for bit. Every issue is a set of texts. GeniusWeb knows a
 * reservation value only as the utility of a bid: one that is worth exactly as much is looked for, and where there is none, export is refused.
 */
export function writeGeniusWeb(domain: AdditiveDomain): Files {
  const refusals = domain.parties.flatMap((party) => [...misfitsOf(party), ...discountMisfits(party)]);
  if (refusals.length > 0) return { ok: false, refusals };
  const warnings: string[] = [];
  const bids = domain.parties.map((party) => reservationBid(domain, party, refusals, warnings));
  if (refusals.length > 0) return { ok: false, refusals };
  for (const party of domain.parties) {
    const sum = exactSum(party.weights);
    if (compare(sum, { digits: 1n, scale: 0 }) === 0) continue;
    warnings.push(`${party.name}: written out, the weights sum to ${toNumber(sum)}; GeniusWeb itself wants exactly 1`);
  }
  const [file, ...files] = fileNames([domain.name, ...domain.parties.map(({ name }) => name)]);
  const head = domainText(domain, '  ');
  return {
    ok: true,
    warnings,
    domain: { name: `${file}.json`, text: `${domainText(domain, '')}\n` },
    profiles: domain.parties.map((party, seat) => ({
      name: `${files[seat]}.json`,
      text: profileText(domain, party, files[seat], head, bids[seat]),
    })),
  };
}

function misfitsOf(party: AdditiveParty): ExportRefusal[] {
  const refusals: ExportRefusal[] = [];
  const refuse = (code: string, message: string) => refusals.push({ code, message: `${party.name}: ${message}` });
  const sum = toNumber(exactSum(party.weights));
  if (Math.abs(sum - 1) > WEIGHT_TOLERANCE) refuse('weights-sum', `the weights sum to ${sum}; GeniusWeb wants 1`);
  if (party.weights.some((weight) => !(weight >= 0))) refuse('negative-weight', 'a weight is negative');
  if (party.tables.some((table) => table.some((value) => !(value >= 0 && value <= 1)))) {
    refuse('not-in-unit', 'the worth of a value is not between 0 and 1');
  }
  return refusals;
}

function discountMisfits({ name, discount }: AdditiveParty): ExportRefusal[] {
  if (discount === 1) return [];
  return [{ code: 'discount', message: `${name}: discounts by ${discount}; GeniusWeb has no discounts` }];
}

/** The first outcome whose utility is the reservation value; none is needed where every outcome is at least as good as nothing. */
function reservationBid(
  { issues }: AdditiveDomain,
  party: AdditiveParty,
  refusals: ExportRefusal[],
  warnings: string[],
): readonly number[] | undefined {
  const { reservation, name } = party;
  if (reservation === undefined || reservation === 0) return undefined;
  const { low, high } = spanOf(party);
  if (reservation < low) {
    warnings.push(`${name}: every outcome is worth more than the reservation value ${reservation}, so no bid is given`);
    return undefined;
  }
  const levels = issues.map(() => 0);
  let nearest = Number.POSITIVE_INFINITY;
  const most = reservation <= high ? Math.min(outcomesOf(issues), MOST_OUTCOMES) : 0;
  for (let outcome = 0; outcome < most; outcome++) {
    const utility = utilityOf(party, levels);
    if (utility === reservation) return levels;
    if (Math.abs(utility - reservation) < Math.abs(nearest - reservation)) nearest = utility;
    for (let i = levels.length - 1; i >= 0 && ++levels[i] === issues[i].values.length; i--) levels[i] = 0;
  }
  const near = Number.isFinite(nearest) ? `; the nearest outcome is worth ${nearest}` : '';
  refusals.push({
    code: 'reservation',
    message: `${name}: no outcome is worth exactly the reservation value ${reservation}${near}`,
    hint: 'GeniusWeb states a reservation value by a bid: set it to the utility of an outcome',
  });
  return undefined;
}

// Written by hand: an object of issues would put those whose names look like numbers first.
function domainText({ name, issues }: AdditiveDomain, indent: string): string {
  const rows = issues.map(
    (issue) => `${indent}    ${text(issue.name)}: {"values": [${issue.values.map(String).map(text).join(', ')}]}`,
  );
  return `{\n${indent}  "name": ${text(name)},\n${indent}  "issuesValues": {\n${rows.join(',\n')}\n${indent}  }\n${indent}}`;
}

function profileText(
  { issues }: AdditiveDomain,
  party: AdditiveParty,
  name: string,
  domain: string,
  bid: readonly number[] | undefined,
): string {
  const members = (row: (i: number) => string) =>
    issues.map((_, i) => `      ${text(issues[i].name)}: ${row(i)}`).join(',\n');
  const utilities = members((i) => {
    const values = issues[i].values.map((value, level) => `${text(String(value))}: ${party.tables[i][level]}`);
    return `{"discreteutils": {"valueUtilities": {${values.join(', ')}}}}`;
  });
  const chosen = bid && members((i) => text(String(issues[i].values[bid[i]])));
  const reservation = chosen === undefined ? '' : `,\n    "reservationBid": {"issuevalues": {\n${chosen}\n    }}`;
  return `{
  "LinearAdditiveUtilitySpace": {
    "issueUtilities": {
${utilities}
    },
    "issueWeights": {
${members((i) => String(party.weights[i]))}
    },
    "domain": ${domain.replaceAll('\n', '\n  ')},
    "name": ${text(name)}${reservation}
  }
}
`;
}

const text = (value: string) => JSON.stringify(value);

const exactSum = (weights: readonly number[]): Decimal =>
  weights.map((weight) => toDecimal(String(weight)) ?? { digits: 0n, scale: 0 }).reduce(add, { digits: 0n, scale: 0 });
