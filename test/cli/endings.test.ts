import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { breakdownIn } from '../../src/session/breakdown.ts';
import type { Fact } from '../../src/session/fact.ts';
import { hashpact } from './capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'hashpact-endings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const OFFER = '{ round: 1, offer: { operator: company, depth: 4, stakes: 1/3/0 }, says: Let us be bold. }';

/** The canal with other moves of basel's (the second to move) and another protocol, run to its end. */
async function ended(moves: string, protocol: string): Promise<{ text: string; document: Record<string, unknown> }> {
  const file = join(folder, 'canal.yaml');
  const text = readFileSync('test/fixtures/canal.yaml', 'utf8')
    .replace(OFFER, moves)
    .replace('{ kind: alternating_offers, rounds: 12, agreement: { rule: unanimity } }', protocol)
    .replace(/expect:\n[\s\S]*?\n\n/, 'expect: []\n\n');
  writeFileSync(file, text);
  const told = await hashpact('run', file);
  expect(told.code, told.err).toBe(0);
  return { text: told.out, document: JSON.parse((await hashpact('run', file, '--json')).out) };
}

const ALTERNATING = '{ kind: alternating_offers, rounds: 12 }';

describe('talks that break down', () => {
  it.each([
    [
      '{ round: 2, pass: true, says: We are done here. }',
      ALTERNATING,
      'basel turned down what stood and put nothing in its place.',
      { by: 'basel', how: 'turned_down' },
    ],
    [
      '{ round: 2, walk: enough of this }',
      ALTERNATING,
      'basel left the talks: enough of this.',
      { by: 'basel', how: 'left', why: 'enough of this' },
    ],
    [
      '{ round: 1, walk: enough of this }',
      '{ kind: single_text, rounds: 5 }',
      'basel left the talks: enough of this.',
      { by: 'basel', how: 'left', why: 'enough of this' },
    ],
    [
      '{ round: 1, pass: true }',
      '{ kind: ultimatum, proposer: basel }',
      'basel put nothing forward.',
      { by: 'basel', how: 'put_nothing_forward' },
    ],
    [
      '{ round: 1, pass: true }',
      '{ kind: ultimatum, proposer: arnhem }',
      'basel turned down what stood and put nothing in its place.',
      { by: 'basel', how: 'turned_down' },
    ],
    [
      '{ round: 1, accept: true }',
      '{ kind: ultimatum, proposer: basel }',
      'basel made a move that is not allowed (there is nothing to answer yet), and so put nothing forward.',
      { by: 'basel', how: 'move_refused', why: 'there is nothing to answer yet' },
    ],
  ])('say who ended them and how: %s under %s', async (moves, protocol, said, breakdown) => {
    const { text, document } = await ended(moves, protocol);
    expect(text).toMatch(
      new RegExp(`No agreement: the talks broke down in round \\d+\\.\n${said.replace(/[()]/g, '\\$&')}`),
    );
    expect(document['breakdown']).toEqual(breakdown);
  });

  it('keep what was said with a pass', async () => {
    const { text } = await ended('{ round: 2, pass: true, says: We are done here. }', ALTERNATING);
    expect(text).toContain('“We are done here.”');
  });

  it('say that nobody moved where all stand still', () => {
    const facts = ['arnhem', 'basel', 'cologne'].map((by): Fact => ({ type: 'passed', by }));
    const broken: Fact = { type: 'ended', end: 'broken', outcome: null };
    expect(breakdownIn([...facts, broken])).toEqual({ by: null, how: 'standstill' });
    expect(breakdownIn(facts)).toBeUndefined();
  });
});

describe('an agreement that not all signed', () => {
  it('says who did, and whom it leaves worse off than no deal', async () => {
    const { text, document } = await ended(
      '{ round: 1, offer: { operator: company, depth: 3, stakes: 1/3/0 } }',
      '{ kind: ultimatum, proposer: basel, agreement: { rule: required, parties: [basel] } }',
    );
    expect(document['end']).toBe('agreement');
    expect(document['signedBy']).toEqual(['basel']);
    expect(document['worseOff']).toEqual(['arnhem']);
    expect(text).toContain('\nSigned by basel.\nWorse off than without a deal: arnhem (5, and 8 without a deal).');
  });

  it('counts, where offers are made at once, those whose demands it meets', async () => {
    const { document } = await ended(
      '{ round: 1, offer: { operator: joint, depth: 3, stakes: 4/0/0 } }',
      '{ kind: simultaneous_offers, rounds: 12, agreement: { rule: quorum, count: 2 } }',
    );
    expect(document['end']).toBe('agreement');
    expect((document['signedBy'] as string[]).length).toBeGreaterThanOrEqual(2);
  });

  it('says nothing of it where all signed and nobody is worse off', async () => {
    const { out } = await hashpact('run', 'test/fixtures/canal.yaml');
    expect(out).toContain('Agreement in round');
    expect(out).not.toMatch(/Signed by|Worse off/);
  });
});
