import { decimalText } from '../domain/decimal_text.ts';
import type { ScenarioSpec } from './schema.ts';
import { threatOf } from './threat.ts';

/** Where a reservation value is what a pact of the others leaves a party. */
export interface ThreatWords {
  /** The value, which pact it is from, who would sign it, and what it replaces. */
  readonly text: string;
  /** The pact, issue by issue; null where it is not credible. */
  readonly pact: string | null;
}

export function threatWords({ parties }: ScenarioSpec, seat: number): ThreatWords | null {
  const threat = threatOf(parties[seat]);
  if (threat?.found === undefined) return null;
  const { from, found, otherwise } = threat;
  const name = (id: string) => parties.find((one) => one.id === id)?.label ?? id.replaceAll('_', ' ');
  const stated = typeof otherwise === 'number' ? figureText(otherwise) : 'anything goes';
  const signers = found.signed_by.map(name).join(' and ');
  if (!found.credible || found.worth === null || found.values === null)
    return {
      text: `${stated}, as stated; the pact "${from}" is not credible: ${signers} would not sign it, or it could not be carried out`,
      pact: null,
    };
  const pact = Object.entries(found.values).map(([issue, value]) => `${issue} ${value}`);
  return {
    text: `${figureText(found.worth)}, from the pact "${from}", in the place of ${stated}: credible, since ${signers} would sign`,
    pact: pact.join(', '),
  };
}

const figureText = (x: number) => decimalText(x, 1, 1).replace('-', '−');
