import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compare, standingsOptions } from '../../src/comparison/compare.ts';
import { type FileKind, resultsFile } from '../../src/comparison/files.ts';
import { fromNfg, toNfg } from '../../src/comparison/game/nfg.ts';
import { standings } from '../../src/comparison/standings.ts';
import { settle } from '../../src/scenario/settlement.ts';
import { run } from '../../src/session/engine.ts';
import { canalPlan, folder } from './canal.ts';

const small = () =>
  canalPlan({
    strategies: ['arnhem=own,boulware', 'basel=linear,conceder', 'cologne=boulware,hardliner'],
    vary: ['parties.cologne.reservation=2,4'],
    repetitions: 4,
    seed: 5,
  });
const bytes = (kind: FileKind, results: Awaited<ReturnType<typeof compare>>, prepared = small()) =>
  Buffer.from(resultsFile(kind, results, prepared));

describe('results', () => {
  test('are the same bytes with one worker and with two threads', async () => {
    const prepared = small();
    const alone = await compare(prepared, { workers: 1 });
    const shared = await compare(prepared, { workers: 2, patience: -1 });
    for (const kind of ['csv', 'jsonl', 'parquet'] as const)
      expect(bytes(kind, shared).equals(bytes(kind, alone))).toBe(true);
    const report = (results: typeof alone) =>
      JSON.stringify(standings(results, standingsOptions(prepared, 'utility', 10)));
    expect(report(shared)).toBe(report(alone));
  });

  test('agree with the settlement of the same negotiation played by the recorded executor', async () => {
    const prepared = small();
    const results = await compare(prepared, { workers: 1, auditOneIn: 1 });
    expect(results.audited).toBe(results.schedule.size);
    const strategies = Object.fromEntries(prepared.schedule.names(3).map((name, seat) => [String(seat), name]));
    const own = prepared.schedule.names(3).map((name, seat) => (name === 'own' ? String(seat) : ''));
    for (const seat of own) delete strategies[seat];
    const seated = prepared.scenarios[0].with(strategies);
    if (!seated.ok) throw new Error('not seated');
    for (let repetition = 0; repetition < 4; repetition++) {
      const game = seated.scenario.game({ seed: 5, repetition });
      let state: Parameters<typeof settle>[1] | undefined;
      for (const turn of run(game)) state = turn.state;
      const settlement = settle(game, state!);
      // The first setting of the varied figure is the scenario as written.
      const job = prepared.schedule.numberOf(0, 3, repetition);
      expect(results.end(job)).toBe(settlement.end);
      expect(results.round(job)).toBe(settlement.rounds);
      expect(results.values(job) ?? null).toEqual(settlement.agreement?.values ?? null);
      for (const [seat, party] of settlement.parties.entries()) {
        expect(results.of(job, seat, 'utility')).toBeCloseTo(party.utility, 12);
        expect(results.of(job, seat, 'value')).toBeCloseTo(party.value, 9);
        expect(results.of(job, seat, 'left')).toBeCloseTo(party.leftOnTable, 12);
        expect(results.of(job, seat, 'delay_cost')).toBeCloseTo(party.delayCost, 12);
      }
      expect(results.nashDistance(job)).toBeCloseTo(settlement.nashDistance ?? Number.NaN, 12);
      expect(results.paretoDistance(job)).toBeCloseTo(settlement.paretoDistance ?? Number.NaN, 12);
    }
  });

  test('an interrupted comparison keeps what was finished, and resuming gives the bytes of one never interrupted', async () => {
    const whole = bytes('csv', await compare(small(), { workers: 1 }));
    const path = join(folder(), 'r.journal');
    for (let stop = 1, rounds = 0; rounds < 50; rounds++) {
      const signal = { aborted: false };
      let seen = 0;
      const results = await compare(small(), {
        workers: 1,
        journal: { path, resume: true },
        signal,
        onProgress: () => {
          if (++seen >= stop) signal.aborted = true;
        },
      });
      if (results.complete) {
        expect(rounds).toBeGreaterThan(0);
        expect(bytes('csv', results).equals(whole)).toBe(true);
        return;
      }
      const partial = bytes('csv', results).toString().trimEnd().split('\n');
      expect(partial).toHaveLength(results.finished + 1);
      for (const row of partial) expect(whole.toString()).toContain(row);
      if (rounds % 2 === 0) truncateSync(path, readFileSync(path).length - 7);
      stop = 2 + rounds;
    }
    throw new Error('never finished');
  });

  test('a journal that was changed is refused and left as it is; one of another comparison too', async () => {
    const path = join(folder(), 'r.journal');
    const signal = { aborted: false };
    await compare(small(), { workers: 1, journal: { path, resume: false } });
    const journal = readFileSync(path, 'utf8');
    const lines = journal.split('\n');
    lines[1] = lines[1].replace('"from":0', '"from":1');
    writeFileSync(path, lines.join('\n'));
    await expect(compare(small(), { workers: 1, journal: { path, resume: true } })).rejects.toThrow(/:2: .*damaged/);
    expect(readFileSync(path, 'utf8')).toBe(lines.join('\n'));
    writeFileSync(path, journal);
    const other = canalPlan({ repetitions: 2 });
    await expect(compare(other, { workers: 1, journal: { path, resume: true }, signal })).rejects.toThrow(/another/);
    await expect(compare(small(), { workers: 1, journal: { path, resume: false } })).rejects.toThrow(/not finished/);
    expect(readFileSync(path, 'utf8')).toBe(journal);
    appendFileSync(path, 'torn');
    const again = await compare(small(), { workers: 1, journal: { path, resume: true } });
    expect(again.complete).toBe(true);
  });

  test.each([
    ['notes', 'my precious notes\n'],
    ['notes of many lines', 'one\ntwo\n'],
    ['notes without a last newline', 'my precious notes'],
    ['the beginning of another header', '{"journal":"hashpact-journal/1","version":"0.0.0"'],
    ['an object of another kind', '{"journal":[]}\n'],
    ['a brace', '{ '],
  ])('a foreign file is no torn journal: %s are left as they are', async (_what, text) => {
    const path = join(folder(), 'notes.txt');
    writeFileSync(path, text);
    for (const resume of [true, false]) {
      const refused = expect(compare(small(), { workers: 1, journal: { path, resume } })).rejects;
      await refused.toThrow(/no journal of this comparison|journal of a comparison/);
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });

  test('a journal torn anywhere in its header begins anew', async () => {
    const path = join(folder(), 'r.journal');
    await compare(small(), { workers: 1, journal: { path, resume: false } });
    const head = readFileSync(path, 'utf8').split('\n')[0];
    for (const length of [0, 1, 10, head.length - 40, head.length]) {
      writeFileSync(path, head.slice(0, length));
      const results = await compare(small(), { workers: 1, journal: { path, resume: true } });
      expect(results.complete).toBe(true);
    }
  });

  test('a journal that cannot be written is refused before anything is played', async () => {
    const path = join(folder(), 'nowhere', 'r.journal');
    await expect(compare(small(), { journal: { path, resume: false } })).rejects.toThrow(/folder does not exist/);
    expect(existsSync(path)).toBe(false);
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk is told as such', async () => {
    await expect(compare(small(), { workers: 1, journal: { path: '/dev/full', resume: true } })).rejects.toThrow(
      /disk is full/,
    );
  });
});

describe('the report', () => {
  test('has every cell, ranks every strategy, and its equilibria are those of its own payoffs', async () => {
    const prepared = small();
    const report = standings(await compare(prepared, { workers: 1 }), standingsOptions(prepared, 'utility', 1000));
    expect(report.cells).toHaveLength(8);
    expect(report.scores).toHaveLength(6);
    for (const { n, payoffs, regret, equilibriumProbability } of report.cells) {
      expect(n).toBe(8);
      for (const { low, estimate, high } of payoffs)
        expect(low <= estimate + 1e-9 && estimate <= high + 1e-9).toBe(true);
      expect(regret.estimate).toBeGreaterThanOrEqual(0);
      expect(equilibriumProbability).toBeLessThanOrEqual(1);
    }
    const calm = report.cells.filter(({ regret }) => regret.estimate === 0).map(({ profile }) => profile);
    expect(report.game.pure.profiles).toEqual(calm);
    for (const { method, completeness } of [
      report.game.pure,
      report.game.mixed,
      report.game.replicator,
      ...report.contrasts,
    ])
      expect(method.length * completeness.length).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test('its payoffs survive the way to Gambit and back', async () => {
    const prepared = small();
    const { game, players } = standings(
      await compare(prepared, { workers: 1 }),
      standingsOptions(prepared, 'value', 1000),
    );
    const strategies = players.map((player) => player.strategies);
    const there = toNfg(
      { players: players.map(({ id }) => id), strategies, payoff: Float64Array.from(game.payoff) },
      'canal',
    );
    expect([...fromNfg(there).payoff]).toEqual(game.payoff);
  });

  test('says when repetitions have nothing to differ by', async () => {
    const prepared = canalPlan({ set: ['events=[]', 'expect=[]', 'parties.arnhem.stance=linear'], repetitions: 3 });
    const report = standings(await compare(prepared, { workers: 1 }), standingsOptions(prepared, 'utility', 1000));
    expect(report.warnings.join()).toMatch(/nothing in these talks was left to chance/);
  });
});
