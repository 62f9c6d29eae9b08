import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Mode } from '../../src/scenario/genius/evaluate.ts';
import { importGenius } from '../../src/scenario/genius/import.ts';
import { importGeniusWeb } from '../../src/scenario/geniusweb/import.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { DOMAIN, edited, PROFILE, source, three, WEB_DOMAIN, WEB_PROFILE } from './samples.ts';

function read(profile = PROFILE, mode?: Mode, domain = DOMAIN) {
  const result = importGenius(source('town/canal.xml', domain), three(profile, PROFILE), { mode });
  if (!result.ok) expect.fail(JSON.stringify(result.diagnostics));
  return { ...result, miller: result.domain.parties[0], said: result.warnings.join('\n') };
}

function readWeb(profile = WEB_PROFILE, domain = WEB_DOMAIN) {
  const result = importGeniusWeb(source('canal.json', domain), three(profile));
  if (!result.ok) expect.fail(JSON.stringify(result.diagnostics));
  return { ...result, miller: result.domain.parties[0], said: result.warnings.join('\n') };
}

describe('as GENIUS reads a profile', () => {
  it('evaluations are divided by the issue’s highest, also where that is at most 1, and the result says so', () => {
    const { miller, said } = read();
    expect(miller.tables[0]).toEqual([1, 0.25]);
    expect(miller.tables[1]).toEqual([0, 0.5, 1]);
    expect(said).toMatch(/miller\.xml: evaluations were divided .* "keeper" \(4\), "toll" \(0\.5\)/);
  });

  it('an integer issue is a clamped line that counts from the lower bound', () => {
    expect(read().miller.tables[2]).toEqual([0.25, 0.5, 0.75, 1, 1]);
    const falling = edited(PROFILE, 'slope="0.25" offset="0.25"', 'slope="-0.5" offset="1"');
    expect(read(falling).miller.tables[2]).toEqual([1, 0.5, 0, 0, 0]);
  });

  it('an issue whose evaluations are all 0 is worth nothing, and nothing is divided by it', () => {
    const none = PROFILE.replace(/evaluation="(4|1)"/g, 'evaluation="0"');
    expect(read(none).miller.tables[0]).toEqual([0, 0]);
  });

  it('a real issue is cut into even levels, with a word about it', () => {
    const domain = edited(
      DOMAIN,
      'vtype="integer" type="integer" etype="integer" lowerbound="6" upperbound="10"/>',
      'vtype="real"><range lowerbound="0" upperbound="2"/></issue>',
    );
    const real = edited(
      edited(
        PROFILE,
        'vtype="integer" type="integer" etype="integer" lowerbound="6" upperbound="10">',
        'vtype="real"><range lowerbound="0" upperbound="2"/>',
      ),
      'slope="0.25" offset="0.25"',
      'parameter1="1" parameter0="-0.5"',
    );
    const result = importGenius(source('canal.xml', domain), three(real));
    if (!result.ok) expect.fail(JSON.stringify(result.diagnostics));
    const hours = result.domain.issues[2].values;
    expect([hours.length, hours[0], hours[1], hours[20]]).toEqual([21, 0, 0.1, 2]);
    const worth = result.domain.parties[0].tables[2];
    expect([worth[0], worth[5], worth[10], worth[20]]).toEqual([0, 0, 0.5, 1]);
    expect(result.warnings[0]).toMatch(/canal\.xml: the real issue "hours" was cut into 21/);
    expect(loadScenario({ name: 'canal.yaml', text: result.yaml }).ok).toBe(true);
  });

  it('discounts travel with the party; a factor outside (0, 1] is none, as in GENIUS', () => {
    const half = read(edited(PROFILE, 'discount_factor value="1.0"', 'discount_factor value="0.5"'));
    expect([half.miller.discount, half.miller.reservation]).toEqual([0.5, 0.2]);
    expect(half.said).toMatch(/0\.5\^t.*NegMAS would take 0\.5\^step/);
    for (const factor of ['0', '-1', '1.5']) {
      const { miller, said } = read(
        edited(PROFILE, 'discount_factor value="1.0"', `discount_factor value="${factor}"`),
      );
      expect(miller.discount).toBe(1);
      expect(said).toContain(`the discount factor ${Number(factor)} is not in (0, 1]`);
    }
  });

  it('a reservation value that is not given is 0, with a word about it', () => {
    const { miller, said } = read(edited(PROFILE, '<reservation value="0.2"/>\n', ''));
    expect(miller.reservation).toBe(0);
    expect(said).toMatch(/miller\.xml: no reservation value/);
  });

  it('weights a rounding away from 1 are kept, and said to reach utilities GENIUS would clip', () => {
    const { miller, said } = read(edited(PROFILE, 'index="3" value="0.2"', 'index="3" value="0.201"'));
    expect(miller.weights).toEqual([0.5, 0.3, 0.201]);
    expect(said).toMatch(/the weights sum to 1\.001/);
    expect(said).toMatch(/GENIUS clips utilities at 1/);
  });

  it('weights follow their index, not the order in which issues or weights are written', () => {
    const swapped = edited(
      edited(PROFILE, '<weight index="1" value="0.5"/>\n', ''),
      '<weight index="3"',
      '<weight index="1" value="0.5"/>\n<weight index="3"',
    );
    expect(read(swapped).miller.weights).toEqual([0.5, 0.3, 0.2]);
  });
});

describe('as NegMAS reads a profile', () => {
  it('evaluations stand, numeric issues neither count from the bound nor clamp, and the result says so', () => {
    const { miller, said } = read(PROFILE, 'negmas');
    expect(miller.tables).toEqual([
      [4, 1],
      [0, 0.25, 0.5],
      [1.75, 2, 2.25, 2.5, 2.75],
    ]);
    expect(said).toMatch(/"hours" as slope \* value \+ offset/);
    expect(said).toMatch(/reservation value 0\.2 stands against utilities up to 2\.7/);
  });

  it('a discount is left out and takes the reservation value with it', () => {
    const { miller, said, yaml } = read(
      edited(PROFILE, 'discount_factor value="1.0"', 'discount_factor value="0.5"'),
      'negmas',
    );
    expect([miller.discount, miller.reservation]).toEqual([1, undefined]);
    expect(parse(yaml).parties[0].reservation).toBe('none');
    expect(said).toMatch(/0\.5\^step/);
  });
});

describe('a GeniusWeb profile', () => {
  it('stands as it is written, issues in the order of the file even where their names are numbers', () => {
    const { domain, miller } = readWeb();
    expect(domain.issues.map(({ name }) => name)).toEqual(['keeper', '10', 'toll']);
    expect(miller).toMatchObject({ name: 'miller', weights: [0.5, 0.3, 0.2], discount: 1 });
    expect(miller.tables.slice(0, 2)).toEqual([
      [1, 0.25],
      [0.3, 0.9],
    ]);
  });

  it('interpolates a number in decimals: 0.1 + 0.8 * 0.9 / 1.2 is exactly 0.7', () => {
    const { domain, miller } = readWeb();
    expect(domain.issues[2].values).toEqual([0, 0.3, 0.6, 0.9, 1.2]);
    expect(miller.tables[2]).toEqual([0.1, 0.3, 0.5, 0.7, 0.9]);
    const thirds = readWeb(
      edited(edited(WEB_PROFILE, '"lowUtility": 0.1', '"lowUtility": 0'), '"highUtility": 0.9', '"highUtility": 1')
        .replace('"highValue": 1.2', '"highValue": 0.9')
        .replace('"toll": "0.3"', '"toll": "0.30"'),
      edited(WEB_DOMAIN, '"1.2"', '"0.9"'),
    );
    expect(thirds.miller.tables[2]).toEqual([0, 0.33333333, 0.66666667, 1]);
  });

  it('takes the utility of its reservation bid as reservation value; what the bid leaves open adds nothing', () => {
    expect(readWeb().miller.reservation).toBe(0.5 * 0.25 + 0.3 * 0.3 + 0.2 * 0.3);
    const open = readWeb(edited(WEB_PROFILE, '"keeper": "lower town", ', ''));
    expect(open.miller.reservation).toBe(0.3 * 0.3 + 0.2 * 0.3);
    expect(open.said).toMatch(/leaves open "keeper"/);
    const none = readWeb(WEB_PROFILE.replace(/,\s+"reservationBid".*\n/, '\n'));
    expect(none.miller.reservation).toBe(0);
    expect(none.said).toMatch(/no reservation bid/);
  });
});

describe('the scenario of an import', () => {
  it('takes its ids from names, its labels keep the originals, and it loads', () => {
    const domain = edited(
      edited(DOMAIN, 'value="a penny"', 'value="1 Pfennig (né &quot;ß&quot;)"'),
      'value="a shilling"',
      'value="1 pfennig: ne"',
    );
    const profile = edited(
      edited(PROFILE, 'value="a penny"', 'value="1 Pfennig (né &quot;ß&quot;)"'),
      'value="a shilling"',
      'value="1 pfennig: ne"',
    );
    const result = importGenius(source('x/canal.xml', domain), [
      source('round.xml', profile),
      source('market.xml', profile),
      source('c:\\keeper.xml', profile),
    ]);
    if (!result.ok) expect.fail(JSON.stringify(result.diagnostics));
    const { issues, parties } = parse(result.yaml);
    expect(issues[1].options).toEqual([
      'free',
      { id: 'v1_pfennig_ne', label: '1 Pfennig (né "ß")' },
      { id: 'v1_pfennig_ne_2', label: '1 pfennig: ne' },
    ]);
    expect(issues[2]).toEqual({ kind: 'levels', id: 'hours', levels: [6, 7, 8, 9, 10] });
    // Words of the expression language and issues are no names for parties.
    expect(parties.map(({ id }: { id: string }) => id)).toEqual(['round_2', 'market_2', 'keeper_2']);
    // Where the files were is nobody's business but the reader's.
    expect(result.yaml).not.toMatch(/c:\\|x.canal/);
    const loaded = loadScenario({ name: 'canal.yaml', text: result.yaml });
    if (!loaded.ok) expect.fail(JSON.stringify(loaded.diagnostics));
    expect(loaded.scenario.spec.utility).toBe('own');
    expect(loaded.scenario.stage.space.size).toBe(30);
  });

  it('carries the warnings as its note, and every figure its file', () => {
    const { yaml, warnings } = read();
    const { note, parties } = parse(yaml);
    for (const warning of warnings) expect(note).toContain(warning);
    expect(parties[1].terms[0].source).toBe('bargee.xml');
  });
});
