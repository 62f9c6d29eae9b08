import { Document, isMap, isSeq, type Node, visit } from 'yaml';
import { RESERVED } from '../../session/vocabulary.ts';
import type { AdditiveDomain, AdditiveIssue, AdditiveParty } from './additive.ts';
import { fileName, identifiers } from './identifiers.ts';

/** Tables of up to this many values stand on one line. */
const ON_ONE_LINE = 12;

/** Words beside the session's that head names in expectations. */
const HEADS = ['fired', 'space', 'mediator', 'none', 'nobody'];

/** Where the figures of a domain came from, for the reader of the scenario. */
export interface Origin {
  /** What the files are, such as "GENIUS domain, evaluations divided by the issue's maximum". */
  readonly kind: string;
  readonly domainFile: string;
  /** Per party. */
  readonly profileFiles: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * The scenario that means an additive domain: utilities are its own (`utility: own`), every issue is a choice of options or levels, every party has one
 * table per issue, in the order of the issues, so that a left-to-right sum of weight * value gives the domain's utilities bit for bit. Numbers are
 * written with as many digits as it takes to read the same double back.
 */
export function scenarioYaml(domain: AdditiveDomain, origin: Origin): string {
  const issueId = identifiers('issue_');
  const issues = domain.issues.map((issue) => ({ issue, id: issueId(issue.name), keys: keysOf(issue) }));
  const partyId = identifiers('party_', [...RESERVED, ...HEADS, ...issues.map(({ id }) => id)]);
  const document = new Document(
    {
      hashpact: 1,
      id: identifiers('domain_')(domain.name),
      title: shortened(domain.name, 200),
      round_is: 'one round of offers',
      unit: 'utility',
      utility: 'own',
      note: noteOf(origin),
      issues: issues.map(({ issue, id, keys }) => issueBlock(issue, id, keys)),
      parties: domain.parties.map((party, seat) => ({
        id: partyId(party.name),
        label: shortened(party.name, 200),
        terms: issues.map(({ id, keys, issue }, i) => ({
          kind: 'table',
          id,
          ...(labelled(id, issue.name) && { label: shortened(issue.name, 200) }),
          issue: id,
          source: shortened(fileName(origin.profileFiles[seat]), 200),
          weight: party.weights[i],
          values: tableOf(party, i, keys),
        })),
        reservation: party.reservation ?? 'none',
        ...(party.discount !== 1 && { discount: party.discount }),
        stance: 'boulware',
      })),
      protocol: { kind: 'alternating_offers', rounds: 100 },
    },
    { aliasDuplicateObjects: false },
  );
  visit(document, {
    Map: (key, node) => {
      if (key !== null && node.items.length <= ON_ONE_LINE && node.items.every(({ value }) => isPlain(value))) {
        node.flow = true;
      }
    },
    Seq: (_, node) => {
      if (node.items.every(isPlain)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

const isPlain = (node: unknown) => !isMap(node as Node) && !isSeq(node as Node);

function issueBlock(issue: AdditiveIssue, id: string, keys: readonly string[]): Record<string, unknown> {
  const head = { id, ...(labelled(id, issue.name) && { label: shortened(issue.name, 200) }) };
  if (typeof issue.values[0] === 'number') return { kind: 'levels', ...head, levels: issue.values };
  const options = issue.values.map((value, level) =>
    labelled(keys[level], String(value)) ? { id: keys[level], label: shortened(String(value), 200) } : keys[level],
  );
  return { kind: 'options', ...head, options };
}

/** How a table of the scenario names the values of an issue. */
function keysOf(issue: AdditiveIssue): string[] {
  const option = identifiers('v');
  return issue.values.map((value) => (typeof value === 'number' ? String(value) : option(value)));
}

const tableOf = (party: AdditiveParty, issue: number, keys: readonly string[]) =>
  new Map(keys.map((key, level) => [key, party.tables[issue][level]]));

/** Whether an id's default label, the id with blanks for underscores, is not the name itself. */
const labelled = (id: string, name: string) => name.trim() !== '' && id.replaceAll('_', ' ') !== name;

/** A text as a label may hold it: not too long, no control characters, no half of a surrogate pair. */
function shortened(text: string, most: number): string {
  const cut = text.length <= most ? text : `${text.slice(0, most - 3)}...`;
  return cut.replace(/[^\P{Cc}\n]/gu, ' ').replace(/\p{Surrogate}/gu, '\ufffd');
}

function noteOf({ kind, domainFile, profileFiles, warnings }: Origin): string {
  const files = [domainFile, ...profileFiles].map(fileName);
  return shortened([`Imported from ${files.join(', ')}: ${kind}.`, ...warnings].join('\n'), 4000);
}
