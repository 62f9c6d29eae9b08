import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { widthOf } from '../../src/cli/render/width.ts';
import { wrap } from '../../src/cli/render/wrap.ts';
import { hashpactAt } from './capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'hashpact-talks-'));
afterAll(() => rmSync(folder, { recursive: true }));
const PACT = 'test/fixtures/ferry_pact.yaml';
const CANAL = 'test/fixtures/canal.yaml';

const run = async (...argv: string[]) => (await hashpactAt(100, 'run', ...argv)).out;
const lineWith = (text: string, words: string) => text.split('\n').find((line) => line.includes(words)) ?? '';

describe('the talks of a run', () => {
  it('say what a party changed against its own last offer, and call a repetition one', async () => {
    const out = await run(CANAL);
    const rounds = out.slice(out.indexOf('The talks'), out.indexOf('Agreement in'));
    expect(rounds).toContain('the same again');
    expect(rounds).toMatch(/changes \w+: .+ → /);
    expect(rounds).not.toContain('…');
    expect(rounds.match(/arnhem +(?:no; )?offers /g)).toHaveLength(1);
  });

  it('have heads that are not cut, however narrow their columns', async () => {
    const out = await run(PACT);
    const head = out.slice(out.indexOf('The talks'), out.indexOf('offers'));
    for (const word of ['Ash', 'Birch', 'on', 'the', 'Water', 'Cedar']) expect(head).toContain(word);
  });

  it('tell events and changes of stance under the round in which they happen', async () => {
    const out = await run(PACT);
    expect(lineWith(out, 'a storm closes the pier')).toMatch(/^ {6}3 +event: a storm/);
    expect(lineWith(out, 'term pay')).toMatch(/^ +Birch on the Water: term pay × 0\.5$/);
  });

  it('show who refuses an ultimatum, and why', async () => {
    const out = await run(PACT, '--variant', 'ultimatum');
    expect(out).toMatch(/Birch on the Water +rejects it \(.+\)/);
    expect(out).toContain('the talks broke down');
  });

  it('say of every vote on a single text who was for it, who against, and what came of it', async () => {
    const text = (await run(PACT, '--variant', 'text')).replace(/\s+/g, ' ');
    const carried = await run(PACT, '--set', 'protocol={kind: single_text, rounds: 6}', '--seed', '2');
    expect(carried.replace(/\s+/g, ' ')).toMatch(/for: [^;]*; against: nobody; carried, the text is now so/);
    expect(text).toMatch(/for: [^;]*Ash[^;]*; against: [^;]+; not carried, the text stays as it was/);
    expect(text).toMatch(/puts the text to the parties: .* the text is not ratified/);
  });

  it('say why a party makes no offer, and that its silence ends the talks', async () => {
    const out = (await run(PACT, '--variant', 'silence')).replace(/\s+/g, ' ');
    expect(out).toContain('Cedar rejects what stands and offers nothing, which ends the talks (as scripted)');
  });

  it('say what delay costs beside the value, what is left, and who would have done better without talks', async () => {
    const dear = join(folder, 'dear.yaml');
    writeFileSync(dear, readFileSync(PACT, 'utf8').replace('delay_cost: 0.35', 'delay_cost: 6'));
    const out = await run(dear, '--strategy', 'birch=conceder');
    expect(out).toMatch(/cost of +less delay/);
    expect(out).toContain('sunk, deal or no deal, and not part of the value');
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /Birch on the Water: \S+ less \S+ of delay is −\S+, below the \S+ it would have had without talks/,
    );
    expect(out).toContain('What is left of a utility when all the time has passed: Ash 0.95.');
  });
});

describe('the width of the terminal', () => {
  it.each([80, 100, 160])('of %i columns holds every line of a run', async (width) => {
    for (const argv of [[CANAL], [PACT], [PACT, '--variant', 'text'], ['scenarios/bill_and_jack.yaml']]) {
      const { out } = await hashpactAt(width, 'run', ...argv);
      // commands to be pasted stay in one piece
      const lines = out.split('\n').filter((line) => !line.startsWith('  npx hashpact '));
      expect(lines.filter((line) => widthOf(line) > width)).toEqual([]);
    }
  });

  it('breaks lines between words, loses no character and keeps to the width', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 30 }), fc.integer({ min: 8, max: 60 }), (text, width) => {
        const lines = wrap(text, width, '  ');
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
