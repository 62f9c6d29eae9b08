import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Console } from '../../src/cli/console.ts';
import { main } from '../../src/cli/main.ts';

const FILE = 'test/cli/mining_pact.yaml';

interface Weighing {
  month: number;
  coinsMusd: number;
  siteMusd: number;
  snapBackMusd: number;
  stayingMusd: number;
  gainMusd: number;
}
interface Exit {
  outcome: { index: number; values: Record<string, string | number>; chosen: string };
  pricesUsd: number[];
  parties: {
    party: string;
    probability: number;
    byPrice: { priceUsd: number; firstMonth: number | null; weighing: Weighing }[];
  }[];
}

async function exit(...more: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const console: Console = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    paint: pc.createColors(false),
    width: 100,
    watched: false,
  };
  const code = await main(['mining', 'exit', FILE, ...more], console);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function document(...more: string[]): Promise<Exit> {
  const { code, out, err } = await exit(...more, '--json');
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out) as Exit;
}

const PACT = (keys: string, treasury = 'kept') => `mine=400,stakes=1/1/1,treasury=${treasury},keys=${keys}`;
const partyOf = (found: Exit, id: string) => {
  const party = found.parties.find((one) => one.party === id);
  if (party === undefined) throw new Error(`no party ${id}`);
  return party;
};

describe('hashpact mining exit', () => {
  it('says who holds the keys when the music stops: the sole holder leaves, and takes more than its stake', async () => {
    const alone = await document('--outcome', PACT('key_fund'));
    const fund = partyOf(alone, 'fund');
    expect(fund.probability).toBeGreaterThan(0.5);
    for (const { firstMonth, weighing } of fund.byPrice) {
      expect(firstMonth).toBe(weighing.month);
      expect(weighing.coinsMusd).toBeGreaterThan(0);
      expect(weighing.gainMusd).toBeGreaterThan(0);
    }
    for (const id of ['dam', 'valley'])
      expect(partyOf(alone, id).byPrice.every(({ weighing }) => weighing.coinsMusd === 0)).toBe(true);
  });

  it('gives nobody a reason to run with a neutral signer who pays by stakes', async () => {
    const neutral = await document('--outcome', PACT('neutral'));
    const fund = partyOf(neutral, 'fund');
    const alone = partyOf(await document('--outcome', PACT('key_fund')), 'fund');
    expect(fund.probability).toBeLessThan(alone.probability);
    for (const [i, { firstMonth }] of fund.byPrice.entries())
      expect(firstMonth ?? Number.POSITIVE_INFINITY).toBeGreaterThan(alone.byPrice[i].firstMonth ?? 0);
  });

  it('balances: what leaving brings, less what staying pays, is the gain, and a gain is what makes a party leave', async () => {
    for (const keys of ['key_fund', 'neutral', 'at_source']) {
      const found = await document('--outcome', PACT(keys, keys === 'at_source' ? 'sold' : 'kept'));
      for (const { party, byPrice } of found.parties)
        for (const { firstMonth, weighing: w } of byPrice) {
          expect(w.coinsMusd + w.siteMusd + w.snapBackMusd - w.stayingMusd).toBeCloseTo(w.gainMusd, 9);
          expect(w.gainMusd > 0, `${keys} ${party}`).toBe(firstMonth !== null);
          if (party !== 'dam') expect(w.siteMusd).toBe(0);
          if (keys === 'at_source') expect(w.coinsMusd).toBe(0);
        }
    }
  });

  it('takes the prices asked for, and changes by --set as any scenario does', async () => {
    const found = await document('--outcome', PACT('key_fund'), '--prices', '30k,300000');
    expect(found.pricesUsd).toEqual([30_000, 300_000]);
    expect(found.parties.map(({ byPrice }) => byPrice.map(({ priceUsd }) => priceUsd))).toEqual(
      Array(3).fill([30_000, 300_000]),
    );
    const coins = async (...more: string[]) => {
      const [first] = partyOf(await document('--outcome', PACT('key_fund'), ...more), 'fund').byPrice;
      return first.firstMonth ?? Number.POSITIVE_INFINITY;
    };
    // Coins that can be traced and sold for nothing are worth waiting for
    expect(await coins('--set', 'venture.breakdown.grabbed_worth=0')).toBeGreaterThan(await coins());
  });

  it('starts from the Nash solution and keeps its values for issues that are not named', async () => {
    const nash = await document();
    expect(nash.outcome.chosen).toContain('Nash');
    const same = await document('--outcome', `stakes=${nash.outcome.values['stakes']}`);
    expect(same.outcome.index).toBe(nash.outcome.index);
    expect(same.outcome.chosen).toContain('the rest from the Nash');
  });

  it('falls back on the best joint outcome where there is no zone of agreement', async () => {
    const found = await document('--set', 'parties.valley.reservation=1000000');
    expect(found.outcome.chosen).toContain('no zone of agreement');
  });

  it('prints tables for people, with the words never, leaves and closest', async () => {
    const { out, code } = await exit('--outcome', PACT('key_fund'));
    expect(code).toBe(0);
    expect(out).toContain('The fund');
    expect(out).toMatch(/The valley +never +never +never/);
    expect(out).toMatch(/leaves in \d+/);
    expect(out).not.toContain('\u001b');
    expect((await exit('--outcome', 'mine=0,treasury=sold,keys=at_source')).out).toContain('No coins are kept');
  });

  it.each([
    ['--outcome', 'gold=1', /issues: mine, stakes, treasury, keys/],
    ['--outcome', 'mine', /should read issue=value/],
    ['--outcome', 'mine=', /the issue mine has no value ""/],
    ['--outcome', 'keys=nobody', /one of at_source, key_fund, neutral/],
    ['--outcome', 'mine=400,treasury=kept,keys=at_source', /constraints forbid mine=400/],
    ['--prices', '40000,x', /--prices takes a number, not "x"/],
    ['--prices', '-1', /it must be from/],
    ['--set', 'venture.years=zero', /mistake/],
  ])('refuses %s %s', async (option, value, message) => {
    const { code, err, out } = await exit(option, value);
    expect(err).toMatch(message);
    expect(err).not.toContain('internal error');
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it('says from when on leaving feeds the hazard, where the scenario lets it, and that it shortens the pact', async () => {
    const keyed = ['--outcome', PACT('key_fund')];
    const feeding = ['--set', 'venture.hazard.leaving={ adds: 0.8, parties: [fund] }'];
    const plain = JSON.parse((await exit(...keyed, '--json')).out);
    const fed = JSON.parse((await exit(...keyed, ...feeding, '--json')).out);
    expect(plain.leavingFeedsHazard).toBeNull();
    const today = partyOf(fed, 'fund').byPrice[1].firstMonth;
    expect(fed.leavingFeedsHazard).toEqual({ afterMonth: today, addsPerYear: 0.8, parties: ['fund'] });
    expect(fed.hazardPerYear).toBe(plain.hazardPerYear);
    const { out } = await exit(...keyed, ...feeding);
    expect(out).toContain(
      `After month ${today} The fund would rather leave at the price of the day: 80.0 % a year more`,
    );
  });
});
