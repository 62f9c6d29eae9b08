import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Ground } from '../../src/comparison/ground.ts';
import { render } from '../../src/scenario/diagnose.ts';
import { type LoadOptions, loadScenario } from '../../src/scenario/load.ts';
import { selfContained } from '../../src/scenario/self_contained.ts';
import { threatOf } from '../../src/scenario/threat.ts';
import { begin, run } from '../../src/session/engine.ts';
import { hashpact } from '../cli/capture.ts';

const FILE = 'test/fixtures/spring.yaml';
const text = readFileSync(FILE, 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'hashpact-threat-'));
afterAll(() => rmSync(folder, { recursive: true }));

const loaded = (given = text, options: LoadOptions = {}) => {
  const found = loadScenario({ name: 'spring.yaml', text: given }, options);
  if (!found.ok) throw new Error(render(found.diagnostics));
  return found.scenario;
};
const refusal = (given: string, options: LoadOptions = {}) => {
  const found = loadScenario({ name: 'spring.yaml', text: given }, options);
  return found.ok ? '' : render(found.diagnostics);
};
const lowerOf = (scenario: ReturnType<typeof loaded>) => {
  const { appraiser, spec } = scenario.stage;
  return { reservation: appraiser.parties[2].reservation, ...threatOf(spec.parties[2])?.found };
};

describe('a reservation value from a pact of the others', () => {
  it('is what the pact that the others would sign leaves the party', () => {
    // Gains of upper and middle over 3 each: fair 1 x 2, harsh 3 x 1; Nash takes harsh, which leaves the lower village -7.
    const lower = lowerOf(loaded());
    expect(lower.reservation).toBeCloseTo(-7, 9);
    expect(lower).toMatchObject({ credible: true, values: { pact: 'harsh' }, signed_by: ['upper', 'middle'] });
    // At a reservation value of 3.5 the middle village gains 0.5 by harsh and 1.5 by fair: 3 x 0.5 against 1 x 1.5, and at 3.6 fair wins.
    expect(lowerOf(loaded(text, { set: ['parties.middle.reservation=3.6'] })).values).toEqual({ pact: 'fair' });
  });

  it('is the stated figure where a signatory would gain nothing by the pact', () => {
    const lower = lowerOf(loaded(text, { set: ['parties.middle.reservation=5.5'] }));
    expect(lower).toMatchObject({ reservation: 2, credible: false, worth: null, values: null });
    const other = loaded(text, {
      set: ['parties.middle.reservation=5.5', 'parties.lower.reservation.otherwise=2.5'],
    });
    expect(lowerOf(other).reservation).toBe(2.5);
  });

  it('gives way to a figure put in its place', () => {
    const scenario = loaded(text, { set: ['parties.lower.reservation=1'] });
    expect(scenario.stage.appraiser.parties[2].reservation).toBe(1);
    expect(threatOf(scenario.spec.parties[2])).toBeUndefined();
  });

  it('is among the figures of the scenario by what it is otherwise', () => {
    const entry = loaded()
      .inventory()
      .find(({ path }) => path === 'parties.lower.reservation.otherwise');
    expect(entry).toMatchObject({ value: 2, standing: 'assumed', range: [1, 3] });
  });

  it('moves with events like any other', () => {
    const game = loaded().game();
    const moved = [...run(game, begin(game))].flatMap(({ facts }) =>
      facts.filter(({ type }) => type === 'reservationMoved'),
    );
    expect(moved).toHaveLength(1);
    expect(moved[0]).toMatchObject({ party: 'lower' });
    const { from, to } = moved[0] as unknown as { from: number; to: number };
    expect(from).toBeCloseTo(-7, 9);
    expect(to).toBeCloseTo(-6, 9);
  });

  it('takes two threats at each other by what each has otherwise, and so comes to an end', () => {
    const mutual = text
      .replace('reservation: 3\n', 'reservation: { from: without_upper, if: credible, otherwise: 3 }\n')
      .concat(
        '  - id: without_upper\n    set:\n      parties.upper.observer: true\n      protocol.agreement: { rule: required, parties: [middle, lower] }\n',
      );
    const scenario = loaded(mutual);
    expect(lowerOf(scenario).reservation).toBeCloseTo(-7, 9);
    // Middle and lower against 3 and 2: shared alone reaches both, and leaves the upper village 5.
    expect(scenario.stage.appraiser.parties[0].reservation).toBeCloseTo(5, 9);
  });

  it('stands in the resolved scenario, which needs nothing else', () => {
    const scenario = loaded();
    const again = loadScenario({ name: 'resolved', text: JSON.stringify(scenario.resolved) });
    if (!again.ok) throw new Error(render(again.diagnostics));
    expect(again.scenario.hash).toBe(scenario.hash);
    expect(lowerOf(again.scenario)).toEqual(lowerOf(scenario));
    expect((scenario.resolved as { variants?: unknown }).variants).toBeUndefined();
  });
});

describe('the pact of another file', () => {
  const derived = `hashpact: 1\nbased_on: spring.yaml\nid: two_alone\ntitle: Two alone\nset:\n  parties.lower.observer: true\n  protocol.agreement: { rule: required, parties: [upper, middle] }\nconstraints:\n  - { id: two_dig, forbid: "pact == 'shared'" }\n`;
  const files: Record<string, string> = {
    'two_alone.yaml': derived,
    'stranger.yaml': derived.replace('spring.yaml', 'canal.yaml'),
    'whole.yaml': text,
  };
  const read = (name: string) => (files[name] === undefined ? undefined : { name, text: files[name] });
  const fromFile = text.replace('from: without_lower', 'from: two_alone.yaml');

  it('is the same pact as a variant with the same differences, and stands by itself for another thread', () => {
    const scenario = loaded(fromFile, { read });
    expect(lowerOf(scenario)).toEqual(lowerOf(loaded()));
    const alone = selfContained({ name: 'spring.yaml', text: fromFile }, read);
    const again = loadScenario(alone);
    if (!again.ok) throw new Error(render(again.diagnostics));
    expect(lowerOf(again.scenario)).toEqual(lowerOf(scenario));
    expect(selfContained({ name: 'spring.yaml', text }, read).text).toBe(text);
  });

  it('may come from a sibling: two scenarios based on the same third', () => {
    const plain = text.replace(/reservation: \{ from.*\}\n/, 'reservation: 2\n');
    const own =
      'hashpact: 1\nbased_on: base.yaml\nid: threatened\ntitle: Threatened\nset:\n  parties.lower.reservation: { from: sibling.yaml, if: credible, otherwise: 2 }\n';
    const siblings: Record<string, string> = {
      'base.yaml': plain,
      'sibling.yaml': derived.replace('spring.yaml', 'base.yaml'),
    };
    const beside = (name: string) => (siblings[name] === undefined ? undefined : { name, text: siblings[name] });
    const scenario = loaded(own, { read: beside });
    expect(lowerOf(scenario).reservation).toBeCloseTo(-7, 9);
    const alone = loadScenario(selfContained({ name: 'spring.yaml', text: own }, beside));
    expect(alone.ok && lowerOf(alone.scenario).reservation).toBeCloseTo(-7, 9);
    // A mistake in the differences is shown where it was written.
    expect(refusal(own.replace('sibling.yaml', 'sibbling.yaml'), { read: beside })).toMatch(
      /^spring\.yaml:6:38 {2}unknown-variant/,
    );
  });

  it('is refused in place when it cannot be had', () => {
    const line = text.split('\n').findIndex((one) => one.includes('from: without_lower')) + 1;
    const at = `spring.yaml:${line}:26  `;
    const from = (name: string) => refusal(text.replace('from: without_lower', `from: ${name}`), { read });
    expect(from('without_lover')).toContain(`${at}unknown-variant  there is no variant "without_lover"`);
    expect(from('without_lover')).toContain('did you mean "without_lower"?');
    expect(from('nowhere.yaml')).toContain(`${at}unknown-variant  the scenario "nowhere.yaml" cannot be read`);
    expect(from('stranger.yaml')).toContain('it must be a scenario that says based_on: spring.yaml');
    expect(from('whole.yaml')).toContain('is no variant of this scenario');
  });
});

describe('what is wrong with a threat', () => {
  const line = text.split('\n').findIndex((one) => one.includes('from: without_lower')) + 1;
  const changed = (from: string, to: string) => {
    expect(text).toContain(from);
    return refusal(text.replace(from, to));
  };

  it('is said where it stands', () => {
    expect(changed('if: credible', 'if: likely')).toContain(
      `spring.yaml:${line}:45  wrong-value  "if" must be credible`,
    );
    expect(changed('if: credible, ', '')).toContain('"reservation" needs "if"');
    expect(changed(', otherwise: { value: 2, assumption: the old well, range: [1, 3] }', '')).toContain(
      '"reservation" needs "otherwise"',
    );
    expect(changed('otherwise:', 'otherwize:')).toContain('did you mean "otherwise"?');
    expect(changed('forbid: "pact == \'shared\'"', 'forbid: "pact == \'shard\'"')).toContain(
      'the pact "without_lower" cannot be valued',
    );
    expect(changed('parties.lower.observer', 'parties.lover.observer')).toContain(
      'the pact "without_lower" cannot be valued',
    );
  });

  it('is that nobody could sign it without the party', () => {
    const said = changed(
      'parties.lower.observer: true\n      protocol.agreement: { rule: required, parties: [upper, middle] }',
      'parties.lower.delay_cost: 0',
    );
    expect(said).toContain(`spring.yaml:${line}:26  bad-threat`);
    expect(said).toContain('cannot be signed without "lower": all must consent');
    expect(said).toContain('{ rule: required, parties: [upper, middle] }');
  });
});

describe('a threat at the command line', () => {
  it('is told by a run, and in its document', async () => {
    const said = async (...more: string[]) => (await hashpact('run', FILE, ...more)).out.replace(/\s+/g, ' ');
    const out = await said();
    expect(out).not.toContain('undefined');
    expect(out).toContain('lower without a deal: −7.0, from the pact "without_lower", in the place of 2.0');
    expect(out).toContain('credible, since upper and middle would sign');
    const vain = await said('--set', 'parties.middle.reservation=5.5');
    expect(vain).toContain('lower without a deal: 2.0, as stated; the pact "without_lower" is not credible');
    const { parties } = JSON.parse((await hashpact('run', FILE, '--json')).out);
    expect(parties[2].reservationFrom.found).toMatchObject({ credible: true, values: { pact: 'harsh' } });
    expect(parties[0].reservationFrom).toBeUndefined();
  });

  it('replays from a trace that has no other file beside it', async () => {
    const trace = join(folder, 'spring.jsonl');
    expect((await hashpact('run', FILE, '--trace', trace)).code).toBe(0);
    const replayed = await hashpact('replay', trace);
    expect(replayed.out).toContain('identical');
    const header = JSON.parse(readFileSync(trace, 'utf8').split('\n')[0]);
    expect(header.resolved.parties[2].reservation.found.values).toEqual({ pact: 'harsh' });
  });

  it('is compared in other threads, from another file too', async () => {
    const base = join(folder, 'spring.yaml');
    writeFileSync(base, text.replace('from: without_lower', 'from: two_alone.yaml'));
    writeFileSync(
      join(folder, 'two_alone.yaml'),
      'hashpact: 1\nbased_on: spring.yaml\nid: two_alone\ntitle: Two alone\nset:\n  parties.lower.observer: true\n  protocol.agreement: { rule: required, parties: [upper, middle] }\n',
    );
    const compared = await hashpact('compare', base, '--strategies', 'upper=linear,conceder', '--workers', '1');
    expect(compared.code, compared.err).toBe(0);
  });
});

describe('an agreement that whoever controls the site would undo', () => {
  const PACT = 'test/cli/mining_pact.yaml';
  const alone = [
    '--set',
    'parties.dam.observer=true',
    '--set',
    'protocol.agreement={ rule: required, parties: [valley, fund] }',
  ];

  it('is told as agreed and not implementable, and only then', async () => {
    const run = (reservation: number) =>
      hashpact('run', PACT, '--quiet', ...alone, '--set', `parties.dam.reservation=${reservation}`);
    const undone = await run(1_000_000);
    expect(undone.out).toContain('Agreement in round');
    expect(undone.out).toContain('Agreed, not implementable: The dam, which controls the site, would have');
    const kept = await run(-1_000_000);
    expect(kept.out).toContain('Agreement in round');
    expect(kept.out).not.toContain('implementable');
  });
});

describe('a threat that hangs on the market', () => {
  const pact = readFileSync('test/cli/mining_pact.yaml', 'utf8')
    .replace(
      '    label: The valley\n    reservation: 0\n',
      '    label: The valley\n    reservation: { from: alone, if: credible, otherwise: 0 }\n',
    )
    .concat(
      'variants:\n  - id: alone\n    set:\n      parties.valley.observer: true\n      protocol.agreement: { rule: required, parties: [dam, fund] }\n',
    );

  it('is worked out anew wherever a sweep moves the price', () => {
    const ground = new Ground({
      scenarios: [{ name: 'dam.yaml', text: pact }],
      variant: null,
      set: ['venture.paths=10'],
    });
    const at = (price: number) => {
      const { scenario, world } = ground.at([`market.price=${price}`]);
      return { reservation: scenario.appraiser.parties[1].reservation, price: world.market['price'] };
    };
    const [low, high] = [at(20_000), at(160_000)];
    expect([low.price, high.price]).toEqual([20_000, 160_000]);
    expect(low.reservation).not.toBe(high.reservation);
    expect(at(160_000)).toEqual(high);
  });

  it('is not credible where whoever controls the site would be worse off, however much the signatories like it', () => {
    const withoutDam = pact
      .replace('parties.valley.observer: true', 'parties.dam.observer: true')
      .replace('parties: [dam, fund]', 'parties: [valley, fund]')
      .replace('reservation: { from: alone, if: credible, otherwise: 0 }', 'reservation: 0')
      .replace(
        '    label: The dam\n    reservation: 0\n',
        '    label: The dam\n    reservation: { from: alone, if: credible, otherwise: 0 }\n',
      );
    const found = (set: string[]) => {
      const scenario = loaded(withoutDam, { set: ['venture.paths=10', ...set] });
      return threatOf(scenario.spec.parties[0])?.found;
    };
    expect(found([])?.credible).toBe(true);
    expect(found(['parties.dam.reservation.otherwise=1000000'])?.credible).toBe(false);
  });
});
