import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importGenius } from '../../src/scenario/genius/import.ts';
import { LARGEST_TEXT } from '../../src/scenario/genius/problem.ts';
import { importGeniusWeb } from '../../src/scenario/geniusweb/import.ts';
import { DOMAIN, edited, PROFILE, source, three, WEB_DOMAIN, WEB_PROFILE } from './samples.ts';

/** What is changed, from what, to what: the code, the text the reported place must stand before, and words of the message or its hint. */
type Case = readonly [string, string, string, string, string, RegExp];

const IN_PROFILE: Case[] = [
  [
    'a tag that is never closed',
    '<weight index="3" value="0.2"/>',
    '<weight index="3" value="0.2">',
    'malformed-xml',
    '>',
    /<weight> of line 17 is not closed/,
  ],
  ['two attributes of one name', 'index="1" value="0.5"', 'index="1" index="1"', 'malformed-xml', '>', /duplicate/],
  ['text after the end', '</utility_space>\n', '</utility_space>\nmore', 'malformed-xml', '', /text data outside/],
  ['an entity nobody declared', 'name="canal"', 'name="&canal;"', 'malformed-xml', ';', /entity/],
  [
    'a document type',
    '<utility_space>',
    '<!DOCTYPE a [<!ENTITY b "c">]>\n<utility_space>',
    'document-type',
    '<!DOCTYPE a [',
    /document type/,
  ],
  [
    'a document type that fetches',
    '<utility_space>',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd">\n<utility_space>',
    'document-type',
    '<!DOCTYPE a SYSTEM',
    /DOCTYPE/,
  ],
  ['another root', '<utility_space>', '<preferences>', 'malformed-xml', '>', /unexpected close tag|unmatched/i],
  ['an issue the domain lacks', 'name="toll"', 'name="tolls"', 'unknown-issue', 'name="tolls"', /did you mean "toll"/],
  [
    'an issue that is missing',
    'index="3" name="hours"',
    'index="3" name="toll"',
    'duplicate-issue',
    'name="toll"',
    /used twice/,
  ],
  [
    'an index that disagrees',
    'issue index="3" name="hours"',
    'issue index="4" name="hours"',
    'mismatched-issue',
    'name="hours"',
    /issue 4 here and issue 3/,
  ],
  [
    'a type that disagrees',
    'index="1" name="keeper" vtype="discrete"',
    'index="1" name="keeper" vtype="real"',
    'mismatched-issue',
    '<issue index="1"',
    /discrete in the domain/,
  ],
  [
    'a type there is not',
    'index="1" name="keeper" vtype="discrete"',
    'index="1" name="keeper" vtype="fuzzy"',
    'unknown-issue-type',
    'vtype="fuzzy"',
    /"fuzzy"/,
  ],
  [
    'other bounds',
    'lowerbound="6"',
    'lowerbound="5"',
    'mismatched-issue',
    '<issue index="3"',
    /from 5 to 10 here and from 6 to 10/,
  ],
  [
    'a bound that is no whole number',
    'lowerbound="6"',
    'lowerbound="6.5"',
    'not-a-number',
    'lowerbound="6.5"',
    /whole number/,
  ],
  [
    'a value the domain lacks',
    'value="a penny"',
    'value="a peny"',
    'unknown-value',
    'value="a peny"',
    /did you mean "a penny"/,
  ],
  [
    'a value that is not rated',
    '<item index="2" value="a penny" evaluation="0.25"/>\n',
    '',
    'missing-evaluation',
    '<issue index="2"',
    /"a penny"/,
  ],
  [
    'a value rated twice',
    'index="2" value="a penny"',
    'index="2" value="free"',
    'duplicate-value',
    'value="free"',
    /rated twice/,
  ],
  ['an evaluation in words', 'evaluation="0.25"', 'evaluation="much"', 'not-a-number', 'evaluation="much"', /"much"/],
  [
    'an evaluation without end',
    'evaluation="0.25"',
    'evaluation="Infinity"',
    'not-a-number',
    'evaluation="Infinity"',
    /"Infinity"/,
  ],
  [
    'an evaluation in hexadecimal',
    'evaluation="0.25"',
    'evaluation="0x10"',
    'not-a-number',
    'evaluation="0x10"',
    /"0x10"/,
  ],
  [
    'an evaluation too large to be one',
    'evaluation="0.25"',
    'evaluation="1e999"',
    'not-a-number',
    'evaluation="1e999"',
    /1e999/,
  ],
  [
    'a negative evaluation',
    'evaluation="0.25"',
    'evaluation="-1"',
    'negative-evaluation',
    'evaluation="-1"',
    /below 0/,
  ],
  [
    'no evaluation',
    'value="a penny" evaluation="0.25"',
    'value="a penny"',
    'missing-evaluation',
    '<item index="2" value="a penny"',
    /"a penny" has no evaluation/,
  ],
  [
    'an integer issue without a function',
    '<evaluator ftype="linear" slope="0.25" offset="0.25"/>\n',
    '',
    'missing-evaluation',
    '<issue index="3"',
    /<evaluator>/,
  ],
  ['a function there is not', 'ftype="linear"', 'ftype="cubic"', 'unknown-evaluator', 'ftype="cubic"', /"cubic"/],
  ['a slope in words', 'slope="0.25"', 'slope="steep"', 'not-a-number', 'slope="steep"', /"steep"/],
  [
    'weights that sum to less',
    'index="3" value="0.2"',
    'index="3" value="0.1"',
    'weights-sum',
    '<weight index="1"',
    /sum to 0\.9,/,
  ],
  [
    'weights that sum to more',
    'index="3" value="0.2"',
    'index="3" value="0.25"',
    'weights-sum',
    '<weight index="1"',
    /sum to 1\.05,/,
  ],
  ['a weight that is missing', '<weight index="3" value="0.2"/>\n', '', 'missing-weight', '<objective', /"hours"/],
  [
    'a weight given twice',
    '<weight index="3"',
    '<weight index="2"',
    'duplicate-weight',
    '<weight index="2" value="0.2"',
    /twice/,
  ],
  ['a weight for no issue', '<weight index="3"', '<weight index="9"', 'unknown-issue', '<weight index="9"', /issue 9/],
  ['a weight in words', 'index="3" value="0.2"', 'index="3" value="a lot"', 'not-a-number', 'value="a lot"', /"a lot"/],
  [
    'a negative weight',
    'index="3" value="0.2"',
    'index="3" value="-0.2"',
    'negative-weight',
    'value="-0.2"',
    /negative/,
  ],
  [
    'a reservation in words',
    '<reservation value="0.2"/>',
    '<reservation value="low"/>',
    'not-a-number',
    'value="low"',
    /"low"/,
  ],
  [
    'two reservations',
    '<reservation value="0.2"/>',
    '<reservation value="0.2"/><reservation value="0.2"/>',
    'duplicate-figure',
    '<reservation value="0.2"/>',
    /twice/,
  ],
  [
    'hyper-rectangles',
    '<weight index="1"',
    '<utility_function/><weight index="1"',
    'not-additive',
    '<utility_function/>',
    /combinations/,
  ],
  [
    'an objective in the objective',
    '<weight index="1"',
    '<objective/><weight index="1"',
    'nested-objective',
    '<objective/>',
    /flat/,
  ],
];

const IN_DOMAIN: Case[] = [
  [
    'an issue listed twice',
    'index="2" name="toll"',
    'index="2" name="keeper"',
    'duplicate-issue',
    'name="keeper" vtype="discrete" type="discrete" etype="discrete">',
    /"keeper" is used twice/,
  ],
  ['an index used twice', 'issue index="2"', 'issue index="1"', 'duplicate-issue', 'index="1" name="toll"', /index 1/],
  ['a value listed twice', 'value="a penny"', 'value="free"', 'duplicate-value', 'value="free"', /"free"/],
  [
    'an issue without values',
    '<item index="1" value="upper town"/>\n<item index="2" value="lower town"/>\n',
    '',
    'no-values',
    '<issue index="1"',
    /"keeper"/,
  ],
  ['an issue without a name', ' name="toll"', '', 'issue-without-name', '<issue index="2"', /no name/],
  [
    'an integer issue without bounds',
    ' lowerbound="6" upperbound="10"',
    '',
    'missing-range',
    '<issue index="3"',
    /"hours"/,
  ],
  ['bounds the wrong way round', 'upperbound="10"', 'upperbound="2"', 'empty-range', '<issue index="3"', /6 to 2/],
  ['a million values', 'upperbound="10"', 'upperbound="1000000"', 'too-many-values', '<issue index="3"', /2000/],
  [
    'a document type',
    '<negotiation_template>',
    '<!DOCTYPE negotiation_template>\n<negotiation_template>',
    'document-type',
    '<!DOCTYPE negotiation',
    /document type/,
  ],
];

const IN_WEB_PROFILE: Case[] = [
  ['a comma too many', '"no": 0.9}', '"no": 0.9,}', 'malformed-json', '}', /a name in double quotes/],
  ['a comma too few', '"keeper": 0.5, "10"', '"keeper": 0.5 "10"', 'malformed-json', '"10": 0.3', /comma/],
  ['text that ends', '    "name": "miller",', '    "name": "miller', 'malformed-json', '"miller', /string/],
  ['a number JSON has not', '"no": 0.9', '"no": .9', 'malformed-json', '.9', /a value/],
  ['a name given twice', '"no": 0.9', '"yes": 0.9', 'duplicate-name', '"yes": 0.9', /"yes"/],
  [
    'another kind of profile',
    '"LinearAdditiveUtilitySpace"',
    '"SumOfGroupsUtilitySpace"',
    'unknown-profile',
    '{',
    /SumOfGroups/,
  ],
  [
    'an issue the domain lacks',
    '"issueWeights": {"keeper"',
    '"issueWeights": {"kepper"',
    'unknown-issue',
    '0.5, "10"',
    /did you mean "keeper"/,
  ],
  ['a weight that is missing', ', "toll": 0.2}', '}', 'missing-weight', '{"keeper": 0.5', /"toll"/],
  ['weights that do not sum', '"toll": 0.2}', '"toll": 0.3}', 'weights-sum', '0.5', /sum to 1\.1,/],
  [
    'a value the domain lacks',
    '"upper town": 1',
    '"uper town": 1',
    'unknown-value',
    '1, "lower',
    /did you mean "upper town"/,
  ],
  ['a value that is not rated', ', "no": 0.9', '', 'missing-evaluation', '{"yes": 0.3}', /"no"/],
  ['a utility above 1', '"no": 0.9', '"no": 1.9', 'not-in-unit', '1.9', /1\.9/],
  ['a utility in words', '"no": 0.9', '"no": "lots"', 'not-a-number', '"lots"', /not a number/],
  ['an end that is not the range’s', '"highValue": 1.2', '"highValue": 1.5', 'mismatched-issue', '1.5', /1\.2/],
  [
    'utilities of the wrong sort',
    '"numberutils": {"lowValue"',
    '"discreteutils": {"lowValue"',
    'mismatched-issue',
    '{"discreteutils": {"lowValue"',
    /numberutils/,
  ],
  ['a bid for a value there is not', '"toll": "0.3"', '"toll": "0.4"', 'unknown-value', '"0.4"', /"0\.4"/],
];

function check(
  result: ReturnType<typeof importGenius>,
  file: string,
  [, , , code, excerpt, wording]: Case,
  text: string,
) {
  if (result.ok) expect.fail('was read');
  const [first] = result.diagnostics;
  expect(first.file).toBe(file);
  expect(first.code).toBe(code);
  const line = text.split('\n')[first.line - 1];
  expect(line.slice(first.column - 1, first.column - 1 + excerpt.length)).toBe(excerpt);
  expect(`${first.message} ${first.hint ?? ''}`).toMatch(wording);
  expect(first.message).not.toMatch(/\n|at .*\.ts/);
}

describe('a GENIUS profile is refused, with file, line and column, for', () => {
  it.each(IN_PROFILE)('%s', (...one) => {
    const wrong = edited(PROFILE, one[1], one[2]);
    check(
      importGenius(source('canal.xml', DOMAIN), three(PROFILE, PROFILE).with(1, source('bargee.xml', wrong))),
      'bargee.xml',
      one,
      wrong,
    );
  });
});

describe('a GENIUS domain is refused, with file, line and column, for', () => {
  it.each(IN_DOMAIN)('%s', (...one) => {
    const wrong = edited(DOMAIN, one[1], one[2]);
    check(importGenius(source('canal.xml', wrong), three(PROFILE)), 'canal.xml', one, wrong);
  });
});

describe('a GeniusWeb profile is refused, with file, line and column, for', () => {
  it.each(IN_WEB_PROFILE)('%s', (...one) => {
    const wrong = edited(WEB_PROFILE, one[1], one[2]);
    const profiles = three(WEB_PROFILE).with(2, source('eel.json', wrong));
    check(importGeniusWeb(source('canal.json', WEB_DOMAIN), profiles), 'eel.json', one, wrong);
  });
});

describe('an import is refused', () => {
  const genius = (domain: string, ...profiles: string[]) =>
    importGenius(
      source('canal.xml', domain),
      profiles.map((text, i) => source(`p${i}.xml`, text)),
    );
  const first = (result: ReturnType<typeof importGenius>) => {
    if (result.ok) expect.fail('was read');
    return result.diagnostics[0];
  };

  it('without profiles, or with only one', () => {
    expect(first(genius(DOMAIN))).toMatchObject({ code: 'missing-profiles', file: 'canal.xml', line: 1 });
    expect(first(genius(DOMAIN, PROFILE)).message).toContain('only one');
    expect(first(importGeniusWeb(source('canal.json', WEB_DOMAIN), []))).toMatchObject({ code: 'missing-profiles' });
  });

  it('when domain and profile change places', () => {
    expect(first(genius(PROFILE, DOMAIN, PROFILE))).toMatchObject({ code: 'not-a-domain', line: 1, column: 1 });
    expect(first(genius(DOMAIN, DOMAIN, PROFILE))).toMatchObject({ code: 'not-a-profile', file: 'p0.xml' });
    expect(first(importGeniusWeb(source('d.json', WEB_PROFILE), three(WEB_PROFILE))).hint).toContain(
      'looks like a profile',
    );
  });

  it('when a profile carries a copy of another domain', () => {
    const copy = '"name": "miller", "domain": {"name": "x", "issuesValues": {"keeper": {"values": ["upper town"]}}}';
    const other = edited(WEB_PROFILE, '"name": "miller"', copy);
    expect(first(importGeniusWeb(source('d.json', WEB_DOMAIN), three(other)))).toMatchObject({
      code: 'mismatched-issue',
    });
  });

  it('beyond two megabytes, unread, whether counted in characters or in bytes', () => {
    const padded = `${DOMAIN}${' '.repeat(LARGEST_TEXT - DOMAIN.length)}`;
    expect(genius(padded, PROFILE, PROFILE).ok).toBe(true);
    expect(first(genius(`${padded} `, PROFILE, PROFILE))).toMatchObject({ code: 'too-large' });
    expect(first(genius(`<!--${'é'.repeat(LARGEST_TEXT / 2)}-->`, PROFILE, PROFILE)).code).toBe('too-large');
  });

  it('when it nests without end, in XML and in JSON', () => {
    expect(first(genius('<a>'.repeat(100_000), PROFILE, PROFILE)).code).toBe('nested-too-deep');
    const web = importGeniusWeb(source('d.json', '['.repeat(1_000_000)), three(WEB_PROFILE));
    expect(first(web).code).toBe('nested-too-deep');
  });

  it('at once for a number of two million digits, in a message that can still be read', () => {
    const digits = `${'1'.repeat(2_000_000)}x`;
    const xml = first(genius(DOMAIN, edited(PROFILE, 'evaluation="4"', `evaluation="${digits}"`), PROFILE));
    expect(xml.code).toBe('not-a-number');
    expect(xml.message.length).toBeLessThan(500);
    const web = importGeniusWeb(source('d.json', WEB_DOMAIN), three(edited(WEB_PROFILE, '0.9}', `"${digits}"}`)));
    expect(first(web).code).toBe('not-a-number');
  });

  it('with every problem at once, up to a hundred and a count', () => {
    const wrong = PROFILE.replaceAll('evaluation="', 'evaluation="x').replaceAll('<weight', '<wait');
    const result = genius(DOMAIN, wrong, wrong);
    if (result.ok) expect.fail('was read');
    expect(result.diagnostics.filter(({ code }) => code === 'not-a-number')).toHaveLength(10);
    expect(result.diagnostics.map(({ file }) => file)).toContain('p1.xml');
    const items = Array.from({ length: 1500 }, (_, i) => `<item value="none ${i}" evaluation="1"/>`).join('\n');
    const many = genius(DOMAIN, edited(PROFILE, '<item index="1" value="free" evaluation="0"/>', items), PROFILE);
    if (many.ok) expect.fail('was read');
    expect(many.diagnostics).toHaveLength(101);
    expect(many.diagnostics[100].message).toMatch(/and 14\d\d more problems/);
  });

  it('for lines that end in CR LF or in CR at the same place', () => {
    const [case0] = IN_DOMAIN;
    const wrong = edited(DOMAIN, case0[1], case0[2]);
    for (const end of ['\r\n', '\r']) {
      expect(first(genius(wrong.replaceAll('\n', end), PROFILE, PROFILE))).toMatchObject({ line: 8, column: 18 });
    }
  });

  it('by its answer and never by an exception, whatever a file holds', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '"',
      '&',
      '/',
      '{',
      '}',
      '[',
      ',',
      ':',
      '0',
      '-1',
      'e9',
      '\u0000',
      '\ud800',
      '<!DOCTYPE',
      ']]>',
      '<![CDATA[',
      '<?x',
      '\\u',
      'null',
    );
    const edit = fc.record({ at: fc.nat(2000), cut: fc.nat(12), put: pieces });
    fc.assert(
      fc.property(fc.nat(3), fc.array(edit, { minLength: 1, maxLength: 3 }), (which, edits) => {
        const change = (text: string, index: number) =>
          index !== which
            ? text
            : edits.reduce(
                (t, { at, cut, put }) => t.slice(0, at % t.length) + put + t.slice((at % t.length) + cut),
                text,
              );
        const xml = genius(change(DOMAIN, 0), change(PROFILE, 1), PROFILE);
        const web = importGeniusWeb(source('d.json', change(WEB_DOMAIN, 2)), three(change(WEB_PROFILE, 3)));
        for (const result of [xml, web]) {
          if (result.ok) continue;
          for (const { line, column, code, file } of result.diagnostics) {
            expect(line >= 1 && column >= 1 && code !== '' && file !== '').toBe(true);
          }
        }
      }),
      { numRuns: 250 },
    );
  });
});
