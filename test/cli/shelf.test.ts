import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as catalog from '../../src/catalog.ts';
import { fieldsOf } from '../../src/cli/render/fields.ts';
import { AGREEMENT_RULES, agreementRule } from '../../src/protocols/agreement_rule.ts';
import { hashpact, hashpactAt } from './capture.ts';

const MEMBERS = [
  ['issues', catalog.ISSUES],
  ['terms', catalog.TERMS],
  ['protocols', catalog.PROTOCOLS],
  ['agreement', new Map(AGREEMENT_RULES.map((rule) => [rule.rule, rule]))],
  ['tactics', catalog.TACTICS],
  ['acceptance', catalog.ACCEPTANCE],
  ['opponents', catalog.OPPONENTS],
  ['strategies', catalog.STRATEGIES],
  ['effects', catalog.SHOCKS],
] as unknown as [string, ReadonlyMap<string, { summary: string }>][];

describe('the shelf', () => {
  it('lists every member of every shelf, with what it is', async () => {
    const { code, out } = await hashpactAt(1000, 'shelf');
    expect(code).toBe(0);
    for (const [name, members] of MEMBERS) {
      expect(out).toContain(`${name}, `);
      for (const [member, { summary }] of members)
        expect(out).toMatch(new RegExp(`^  ${member} +${summary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'm'));
    }
  });

  it('tells the fields of every member, within the terminal', async () => {
    for (const [, members] of MEMBERS)
      for (const member of members.keys()) {
        const { code, out } = await hashpactAt(60, 'shelf', member);
        expect(code, member).toBe(0);
        // an example stays as it can be pasted
        const told = out.slice(0, out.indexOf('\nexample') + 1).split('\n');
        expect(
          told.filter((line) => line.length > 60),
          member,
        ).toEqual([]);
        expect(out, member).not.toMatch(/anything|undefined|\[object/);
      }
  });

  it('says what a field takes and what it is if not given', async () => {
    const { out } = await hashpact('shelf', 'ac_next');
    expect(out).toBe(`ac_next: accepts what is worth at least the own next offer
where   acceptance, "acceptance:" in the meta of a stance
source  Baarslag, Hindriks & Jonker, Acceptance conditions in automated negotiation, 2013
  field  what it takes            if not given
  alpha  a figure from 0 to 10    1
  beta   a figure from -10 to 10  0
example
  type: ac_next
  alpha: 1
  beta: 0
`);
  });

  it('shows examples that the kind itself takes', async () => {
    const { out } = await hashpact('shelf', 'alternating_offers');
    const example = parse(out.slice(out.indexOf('example') + 'example'.length));
    expect(catalog.PROTOCOLS.get('alternating_offers')!.spec.safeParse(example).success).toBe(true);
  });

  it('knows every rule of agreement, with an example that it takes', () => {
    for (const { spec, example } of AGREEMENT_RULES) expect(spec.safeParse(example).success).toBe(true);
    expect(AGREEMENT_RULES.map(({ spec }) => spec)).toEqual(agreementRule.options);
  });

  it('gives programs the schema', async () => {
    const [one] = JSON.parse((await hashpact('shelf', 'time_dependent', '--json')).out);
    expect(one.schema.properties.exponent.default).toBe(1);
    expect(fieldsOf(one.schema).map(({ name }) => name)).toEqual(['exponent', 'curve', 'start', 'end']);
  });

  it('shows all that go by one name', async () => {
    const { out } = await hashpact('shelf', 'hardliner');
    expect(out).toContain('where   tactics');
    expect(out).toContain('where   strategies');
  });

  it('refuses a name that nothing has', async () => {
    const { code, err } = await hashpact('shelf', 'tacticz');
    expect(code).toBe(2);
    expect(err).toContain('did you mean "tactics"?');
  });
});
