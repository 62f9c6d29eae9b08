import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { compileVenture, type ModelParts } from '../../src/mining/venture/model.ts';
import type { PactTerms } from '../../src/mining/venture/spec.ts';
import { Partner } from '../../src/value/partner/partner.ts';
import { boardFor, finish, take } from '../../src/value/partner/turns.ts';
import { sortByValue } from '../../src/value/radix.ts';
import { type Columns, type Lot, lotOf, roomFor, valuePart, type Worths } from '../../src/value/venture/lot.ts';
import { MARKET, SPEC, TERMS } from '../mining/venture_fixture.ts';
import { doneBy } from './done_by.ts';

const MODEL: ModelParts = { spec: SPEC, market: MARKET, options: { seed: 5, paths: 30, maxYears: 10 } };
const SHARES = SPEC.parties.map((_, seat) => Float64Array.from({ length: 4 }, (_, k) => (k + seat) / 8));

/** Mines of three sizes, every keeper of coins and every way to pay, mixed so that no part's wordings lie together. */
const WORDINGS: PactTerms[] = SPEC.custody.flatMap(({ id: custody }, k) =>
  SPEC.financing.flatMap(({ id: financing }) =>
    [2850, 475, 0].map(
      (miningMw): PactTerms => ({ ...TERMS, years: 10, miningMw, custody, financing, kept: miningMw ? k / 4 : 0 }),
    ),
  ),
);

/** Name by name, every value once. */
function columnsOf(wordings: readonly PactTerms[]): Columns {
  const names = Object.keys(TERMS) as (keyof PactTerms)[];
  const values = Object.fromEntries(names.map((name) => [name, [...new Set(wordings.map((terms) => terms[name]))]]));
  const places = Object.fromEntries(
    names.map((name) => [name, Int32Array.from(wordings, (terms) => values[name].indexOf(terms[name]))]),
  );
  return { values, places } as unknown as Columns;
}

/** Every other place is somebody else's. */
const AT = Int32Array.from(WORDINGS, (_, i) => 2 * i);
const lot = lotOf(SPEC, columnsOf(WORDINGS), SHARES, AT, 2 * WORDINGS.length);
const bytes = (worths: Worths) => worths.map((own) => Buffer.from(own.buffer).toString('hex'));

function alone(of: Lot, parts = [...of.parts.keys()]): Worths {
  const worths = roomFor(of);
  const model = compileVenture(MODEL.spec, MODEL.market, MODEL.options);
  for (const part of parts) valuePart(model, of, part, worths);
  return worths;
}

describe('a lot', () => {
  it('is worth to every party what its wordings are worth one by one', () => {
    const model = compileVenture(MODEL.spec, MODEL.market, MODEL.options);
    const worths = alone(lot);
    for (const [i, terms] of WORDINGS.entries())
      for (const [seat, shares] of SHARES.entries())
        for (const [k, share] of shares.entries())
          expect(worths[seat][AT[i] * shares.length + k]).toBe(model.worthOf(seat, model.resolve(terms), share));
  });

  it('is cut by mine: every wording once, and no mine in two parts', () => {
    expect(lot.parts.length).toBe(3);
    expect(lot.parts.flatMap((part) => [...part]).sort((a, b) => a - b)).toEqual([...WORDINGS.keys()]);
    for (const part of lot.parts) expect(new Set([...part].map((i) => WORDINGS[i].miningMw)).size).toBe(1);
  });

  it('comes out the same in whatever order its parts are valued', () => {
    expect(bytes(alone(lot, [2, 0, 1]))).toEqual(bytes(alone(lot)));
  });
});

describe('the partner', () => {
  it('values parts to the same bytes as this thread', async () => {
    const partner = Partner.hire();
    // on one core there is none, and everything is done here
    if (partner === undefined) return;
    const worths = roomFor(lot);
    const board = boardFor(lot.parts.length);
    partner.value(MODEL, lot, worths, board);
    for (const part of lot.parts.keys()) await doneBy(board, part);
    expect(bytes(worths)).toEqual(bytes(alone(lot)));
  });

  it('sorts outcomes as this thread does', async () => {
    const partner = Partner.hire();
    if (partner === undefined) return;
    const outcomes = Int32Array.from({ length: 5000 }, (_, k) => 2 * k);
    const values = new Float64Array(new SharedArrayBuffer(8 * 10_000));
    for (let o = 0; o < values.length; o++) values[o] = (o * 7919) % 1009;
    const order = new Int32Array(new SharedArrayBuffer(4 * outcomes.length));
    const board = boardFor(2);
    partner.sort(outcomes, { values, order, board, part: 1 });
    await doneBy(board, 1);
    expect(Atomics.load(board, 0)).toBe(0);
    expect([...order]).toEqual([...sortByValue(values, outcomes)]);
  });

  it('is there once, and not for threads', async () => {
    expect(Partner.hire()).toBe(Partner.hire());
    const thread = new Worker(
      `import { register } from 'tsx/esm/api'; import { parentPort } from 'node:worker_threads'; register();
       const { Partner } = await import(${JSON.stringify(new URL('../../src/value/partner/partner.ts', import.meta.url).href)});
       parentPort.postMessage(Partner.hire() === undefined);`,
      { eval: true, execArgv: ['--input-type=module'] },
    );
    expect(await new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject))).toBe(true);
    await thread.terminate();
  });
});

describe('parts that threads share', () => {
  it('are each done by whoever takes them first', () => {
    const board = boardFor(4);
    const done: string[] = [];
    take(board, 2, (part) => done.push(`other ${part}`));
    for (let part = 0; part < 4; part++) take(board, part, () => done.push(`this ${part}`));
    for (let part = 0; part < 4; part++) finish(board, part, () => done.push(`again ${part}`));
    expect(done).toEqual(['other 2', 'this 0', 'this 1', 'this 3']);
  });

  it('are done here where another thread took one and is gone', () => {
    const board = boardFor(1);
    Atomics.store(board, 0, 1);
    let done = 0;
    finish(board, 0, () => done++, 5);
    finish(board, 0, () => done++, 5);
    expect(done).toBe(1);
  });

  it('fail here for the reason they failed there', () => {
    const board = boardFor(1);
    const fails = () => {
      throw new Error('no such custody');
    };
    expect(() => take(board, 0, fails)).toThrow('no such custody');
    expect(() => finish(board, 0, fails)).toThrow('no such custody');
  });
});
