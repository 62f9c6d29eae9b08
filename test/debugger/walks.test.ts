import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Debugger } from '../../src/debugger/debugger.ts';
import type { Direction, Granularity } from '../../src/debugger/travel.ts';
import type { Change } from '../../src/history/change.ts';
import { begin, fold, play } from '../../src/session/engine.ts';
import type { Fact } from '../../src/session/fact.ts';
import type { Game } from '../../src/session/game.ts';
import { apply, thaw } from '../../src/session/state.ts';
import { debugOf, scenarioOf } from './reservoir.ts';

const scenario = scenarioOf();
const GRAINS: readonly Granularity[] = ['micro', 'turn', 'round', 'stance'];

/** The naive model: play from the start with the engine alone, remember every fact with the address it has, and fold facts anew for every question. */
function naive(game: Game) {
  const facts: { fact: Fact; at: string; boundary: boolean; roundEnd: boolean }[] = [];
  let state = begin(game);
  while (state.end === null) {
    const turn = play(game, state, undefined, false);
    const { round, turn: n, end } = turn.state;
    turn.facts.forEach((fact, i) => {
      const boundary = i === turn.facts.length - 1;
      facts.push({
        fact,
        at: `r${round}.${Math.max(1, n)}.${i + 1}`,
        boundary,
        roundEnd: boundary && (n >= 3 || end !== null),
      });
    });
    state = turn.state;
  }
  const known = new Map<number, string>();
  const stateAt = (n: number): string => {
    const before = known.get(n);
    if (before !== undefined) return before;
    const draft = thaw(begin(game));
    for (const { fact } of facts.slice(0, n)) apply(game, draft, fact);
    const text = JSON.stringify(draft);
    known.set(n, text);
    return text;
  };
  const isStop = (grain: Granularity, n: number) => {
    if (n === 0 || n === facts.length) return true;
    const { fact, boundary, roundEnd } = facts[n - 1];
    if (grain === 'micro') return true;
    if (grain === 'turn') return boundary;
    if (grain === 'round') return roundEnd;
    return fact.type === 'stanceChanged' && fact.from !== fact.to;
  };
  const stepped = (grain: Granularity, n: number, direction: Direction) => {
    let p = n;
    do p += direction;
    while (p > 0 && p < facts.length && !isStop(grain, p));
    return Math.max(0, Math.min(facts.length, p));
  };
  return { facts, stateAt, stepped };
}

const state = (debug: Debugger) => JSON.stringify(debug.frame.state);

const seeds = fc.integer({ min: 0, max: 30 });
const moves = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('step' as const),
      grain: fc.constantFrom(...GRAINS),
      direction: fc.constantFrom<Direction>(1, -1),
    }),
    fc.record({ do: fc.constant('goto' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ do: fc.constant('fork' as const), to: fc.integer({ min: 10, max: 200 }) }),
  ),
  { maxLength: 25 },
);

describe('a walk through the talks', () => {
  it('agrees with a naive model that replays from the start, whatever the way', () => {
    fc.assert(
      fc.property(seeds, moves, (seed, walk) => {
        const debug = debugOf(seed, scenario);
        const model = naive(scenario.game({ seed }));
        let at = 0;
        let back: { to: number; from: number; grain: Granularity; direction: Direction }[] = [];
        for (const move of walk) {
          if (move.do === 'step') {
            const { grain, direction } = move;
            const last = back.at(-1);
            const from = at;
            if (last !== undefined && last.to === at && last.grain === grain && last.direction === -direction) {
              at = last.from;
              back.pop();
            } else {
              at = model.stepped(grain, at, direction);
              if (at !== from) back.push({ from, to: at, grain, direction });
            }
            debug.step(grain, direction);
          } else if (move.do === 'goto') {
            at = Math.round(move.share * model.facts.length);
            back = [];
            expect(debug.goto(at === 0 ? 'start' : model.facts[at - 1].at).ok).toBe(true);
          } else {
            // A fork leaves what it came from as it was; so does running it to its end.
            if (debug.fork({ kind: 'market', name: 'power', to: move.to }).ok) {
              debug.toEnd();
              debug.goto(`0:${at === 0 ? 'start' : model.facts[at - 1].at}`);
              back = [];
            }
          }
          expect(debug.position).toBe(at);
          expect(debug.frame.at).toBe(at === 0 ? 'start' : model.facts[at - 1].at);
          expect(state(debug)).toBe(model.stateAt(at));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('comes back to the byte after as many steps back as forward, at every granularity, from anywhere', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom(...GRAINS),
        fc.nat(60),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom<Direction>(1, -1),
        (seed, grain, lead, n, way) => {
          const debug = debugOf(seed, scenario);
          for (let i = 0; i < lead; i++) debug.step('micro', 1);
          const states = [state(debug)];
          for (let i = 0; i < n; i++) {
            const before = debug.position;
            debug.step(grain, way);
            if (debug.position === before) break;
            states.push(state(debug));
          }
          for (let i = states.length - 1; i >= 0; i--) {
            expect(state(debug)).toBe(states[i]);
            if (i > 0) debug.step(grain, -way as Direction);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds the same stops going back as going forward', () => {
    const debug = debugOf();
    debug.setBreakpoint({ spot: { kind: 'data', what: 'upper.utility' }, condition: 'upper.utility < 0.4' });
    const forward: number[] = [];
    while (debug.proceed(1).reason === 'breakpoint') forward.push(debug.position);
    const backward: number[] = [];
    while (debug.proceed(-1).reason === 'breakpoint') backward.push(debug.position);
    expect(forward.length).toBeGreaterThan(3);
    expect(backward.reverse()).toEqual(forward);
  });

  it('folds the micro-steps of a turn to the very state the turn ended in', () => {
    const { recording } = debugOf().branch;
    recording.reach(Number.POSITIVE_INFINITY);
    for (const turn of recording.turns) {
      expect(JSON.stringify(fold(turn.game, turn.before, turn.facts).state)).toBe(JSON.stringify(turn.state));
      expect(Object.isFrozen(turn.state)).toBe(true);
    }
  });
});

describe('a fork', () => {
  const model = naive(scenario.game({ seed: 1 }));
  const changes: readonly Change[] = [
    { kind: 'market', name: 'power', to: 10 },
    { kind: 'term', party: 'lower', term: 'income', times: 2 },
    { kind: 'reservation', party: 'middle', to: 20 },
    { kind: 'deadline', to: 5 },
    { kind: 'stance', party: 'upper', to: 'conceding' },
    { kind: 'strategy', party: 'lower', strategy: 'boulware' },
    { kind: 'seed', to: 99 },
  ];

  it('leaves the original byte-equal, at every micro-step and for every kind of change', () => {
    const debug = debugOf();
    const main = debug.branch.recording;
    main.reach(Number.POSITIVE_INFINITY);
    const before = JSON.stringify([main.turns.map(({ facts, state, notes }) => ({ facts, state, notes }))]);
    let forks = 0;
    for (let position = 0; position < main.size; position += 8) {
      for (const change of changes) {
        debug.goto(`0:${main.addressText(position)}`);
        const stop = debug.fork(change);
        expect(stop.ok, JSON.stringify(stop)).toBe(true);
        const { branch } = debug;
        debug.toEnd();
        forks++;
        // A strategy given to a seat before the first turn is there from the start.
        if (position > 0 || change.kind !== 'strategy') {
          expect(branch.recording.state(branch.at)).toEqual(main.state(branch.at));
        }
        expect(debug.verify(), JSON.stringify({ position, change })).toBeUndefined();
      }
    }
    expect(forks).toBeGreaterThan(60);
    expect(JSON.stringify([main.turns.map(({ facts, state, notes }) => ({ facts, state, notes }))])).toBe(before);
    expect(main.size).toBe(model.facts.length);
  });

  it('that changes nothing goes on exactly as the original did', () => {
    const debug = debugOf();
    const main = debug.branch.recording;
    main.reach(Number.POSITIVE_INFINITY);
    for (let position = 1; position < main.size; position++) {
      const { turn } = main.locate(position);
      const offered = main.turns[turn].facts.find((fact) => fact.type === 'offered');
      if (offered?.type !== 'offered') continue;
      const { outcome, by, says } = offered;
      debug.goto(`0:${main.addressText(position)}`);
      debug.fork({ kind: 'move', party: by, move: { type: 'offer', outcome, ...(says !== undefined && { says }) } });
      debug.toEnd();
      const facts = debug.branch.recording.turns.flatMap((t) => t.facts);
      expect(JSON.stringify(facts)).toBe(JSON.stringify(model.facts.map(({ fact }) => fact)));
    }
  });

  it('at a micro-step changes nothing before it', () => {
    const debug = debugOf();
    const main = debug.branch.recording;
    main.reach(Number.POSITIVE_INFINITY);
    debug.goto('r3.1.4');
    const shared = main.turns.flatMap((t) => t.facts).slice(0, debug.position);
    debug.fork({ kind: 'reservation', party: 'upper', to: 39 });
    expect(debug.frame.fact?.type).toBe('reservationMoved');
    debug.toEnd();
    const facts = debug.branch.recording.turns.flatMap((t) => t.facts);
    expect(facts.slice(0, shared.length)).toEqual(shared);
    expect(facts[shared.length]).toMatchObject({ type: 'reservationMoved', party: 'upper', to: 39, event: 'edit' });
  });

  it('of what is changed already keeps the change, and of what was before it does not', () => {
    const debug = debugOf();
    debug.goto('r4.3');
    debug.fork({ kind: 'strategy', party: 'lower', strategy: 'hardliner' });
    debug.goto('r6.1');
    debug.fork({ kind: 'market', name: 'power', to: 5 });
    expect(debug.branch.recording.game.players[2].name).toBe('hardliner');
    debug.goto('1:r2.1');
    debug.fork({ kind: 'market', name: 'power', to: 5 });
    expect(debug.branch.parent?.id).toBe(0);
    expect(debug.branch.recording.game.players[2].name).toBe('conceder');
  });

  it('is refused, not thrown, for what makes no sense', () => {
    const debug = debugOf();
    debug.goto('r2.1');
    const bad: Change[] = [
      { kind: 'market', name: 'powr', to: 1 },
      { kind: 'market', name: 'power', to: Number.NaN },
      { kind: 'stance', party: 'upper', to: 'nowhere' },
      { kind: 'stance', party: 'nobody', to: 'probing' },
      { kind: 'strategy', party: 'upper', strategy: 'nonesuch' },
      { kind: 'deadline', to: 0.5 },
      { kind: 'seed', to: -1 },
      { kind: 'move', party: 'lower', move: { type: 'accept' } },
      { kind: 'move', party: 'upper', move: { type: 'offer', outcome: 999999 } },
      { kind: 'term', party: 'upper', term: 'nothing', times: 1 },
    ];
    for (const change of bad) {
      const answer = debug.fork(change);
      expect(answer.ok, JSON.stringify(change)).toBe(false);
      expect(debug.branch.id).toBe(0);
      expect(debug.frame.at.startsWith('r2.1.')).toBe(true);
    }
  });
});
