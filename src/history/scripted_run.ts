import { stringify } from 'yaml';
import type { Json } from '../domain/id.ts';
import { loadScenario } from '../scenario/load.ts';
import { begin, run } from '../session/engine.ts';
import type { Fact } from '../session/fact.ts';
import type { Game } from '../session/game.ts';
import { NONE, type State } from '../session/state.ts';
import type { Branch } from './branch.ts';
import { EDIT } from './change.ts';
import { type Answer, refuse } from './refused.ts';

type Block = { [key: string]: Json };

/**
 * "This run up to here" as a scenario file that is its own test: every move written down, every event that struck at its round, the deadline after the last
 * round, and an `expect` block of what came out. The round a position stands in is played to its end, since a scenario knows no half rounds. The
 * text has been loaded, run and held to its expectations before it is returned.
 */
export function scriptedRun(branch: Branch, position: number): Answer<{ yaml: string; rounds: number }> {
  const { recording, scenario } = branch;
  const address = recording.address(position);
  if (address === undefined)
    return refuse('nothing-happened', 'nothing has happened yet, so there is nothing to export');
  const { round } = address;
  let last = recording.turnOf({ round });
  while (
    last !== undefined &&
    recording.turns[last].state.end === null &&
    !closes(recording.turns[last].game, recording.turns[last].state)
  ) {
    if (recording.grow() !== 'grown') return refuse('round-is-open', `round ${round} is not played to its end yet`);
    last = recording.turnOf({ round });
  }
  const turns = recording.turns.slice(0, (last ?? 0) + 1);
  const { state, game } = turns[turns.length - 1];
  // Talks that end as a round opens (a moved deadline, a walk-out by script) ended after the round before.
  const rounds =
    state.end !== null &&
    state.turn === 0 &&
    round > 1 &&
    !turns[turns.length - 1].facts.some(({ type }) => type === 'walked')
      ? round - 1
      : round;
  const moves = new Map<string, Block[]>(game.ids.map((id) => [id, []]));
  const events: Block[] = [];
  const stated = (scenario.resolved as { events?: Block[] }).events ?? [];
  const firings = new Map<string, number>();
  for (const turn of turns) {
    const at = Math.max(1, turn.state.round);
    const began = turn.facts.findIndex(({ type }) => type === 'turnBegan');
    for (const [i, fact] of turn.facts.entries()) {
      if (began >= 0 && i > began) {
        const made = moveOf(game, fact, at);
        if (made !== undefined && 'by' in fact) {
          const own = moves.get(fact.by)!;
          if (own.some((move) => move['round'] === at))
            return refuse('cannot-be-scripted', `${fact.by} moves twice in round ${at}, which no file can state`);
          own.push(made);
        }
      }
      if (fact.type === 'happened') {
        const nth = (firings.get(fact.event) ?? 0) + 1;
        firings.set(fact.event, nth);
        const event = stated.find(({ id }) => id === fact.event);
        if (event) events.push(eventAt(event, nth === 1 ? fact.event : `${fact.event}_${nth}`, at));
      } else if ('event' in fact && fact.event === EDIT) {
        const effect = effectOf(fact);
        const id = `edit_${events.filter((one) => String(one['id']).startsWith('edit_')).length + 1}`;
        // An edit after a round's opening strikes before the next: the moves are written down, so only what follows can tell.
        if (effect) events.push({ id, at, effects: [effect] });
      }
    }
  }
  for (const event of stated)
    if (!firings.has(String(event['id']))) events.push(eventAt(event, String(event['id']), rounds + 1));
  const base = scenario.resolved as Block;
  const parties = (base['parties'] as Block[]).map((party) => {
    const { moves: _, ...kept } = party;
    return { ...kept, moves: moves.get(String(party['id'])) ?? [] };
  });
  const document: Block = {
    ...base,
    id: `${String(base['id'])}_r${rounds}`,
    title: `${String(base['title'])}, up to round ${rounds}`,
    parties,
    protocol: { ...(base['protocol'] as Block), rounds },
    events,
    expect: [],
  };
  const fresh = finalState(document);
  if (!fresh.ok) return fresh;
  const told = expectations(game, state);
  const reached = new Set(expectations(fresh.game, fresh.state));
  const missed = told.find((line) => !reached.has(line));
  if (missed !== undefined)
    return refuse('cannot-be-scripted', `as a script this run comes out otherwise: ${missed} does not hold`);
  const text = stringify({ ...document, expect: told }, { lineWidth: 150 });
  const comment = `# Exported from a debugging session (${branch.label}; seed ${game.parts.seed}), up to the end of round ${rounds}.\n# Every move is written down and every event has its round; what came out is expected again.\n`;
  const checked = loadScenario({ name: 'export', text: comment + text });
  if (!checked.ok)
    return refuse(
      'cannot-be-scripted',
      `the exported scenario would be refused: ${checked.diagnostics[0]?.message ?? ''}`,
    );
  const again = checked.scenario.game({});
  const verdict = checked.scenario.judge(again, lastOf(again)).find(({ holds }) => !holds);
  if (verdict !== undefined) return refuse('cannot-be-scripted', `the exported scenario would fail: ${verdict.why}`);
  return { ok: true, yaml: comment + text, rounds };
}

const closes = (game: Game, state: State) => state.end !== null || state.turn >= game.protocol.turns(state);

function lastOf(game: Game): State {
  let state = begin(game);
  for (const turn of run(game, state, false)) state = turn.state;
  return state;
}

function finalState(document: Block): Answer<{ game: Game; state: State }> {
  const loaded = loadScenario({ name: 'export', text: JSON.stringify(document) });
  if (!loaded.ok)
    return refuse(
      'cannot-be-scripted',
      `the exported scenario would be refused: ${loaded.diagnostics[0]?.message ?? ''}`,
    );
  const game = loaded.scenario.game({});
  return { ok: true, game, state: lastOf(game) };
}

/** A fact as the move that makes it; undefined for facts that are nobody's move or come with another. */
function moveOf(game: Game, fact: Fact, round: number): Block | undefined {
  const says: Block = 'says' in fact && fact.says !== undefined ? { says: fact.says } : {};
  switch (fact.type) {
    case 'offered':
      return { round, offer: game.space.values(fact.outcome) as Block, ...says };
    case 'accepted':
      return { round, accept: true, ...says };
    case 'passed':
      return { round, pass: true, ...says };
    case 'walked':
      return { round, walk: fact.why };
    default:
      return undefined;
  }
}

/** An event that struck in a round, with what it does; the deadline is not moved, since the file states where these talks end. */
function eventAt(event: Block, id: string, at: number): Block {
  const effects = ((event['effects'] ?? []) as Block[]).filter(({ kind }) => kind !== 'deadline');
  return { id, ...(event['label'] !== undefined && { label: event['label'] }), at, effects };
}

function effectOf(fact: Fact): Block | undefined {
  if (fact.type === 'marketMoved') return { kind: 'market', name: fact.name, to: fact.to };
  if (fact.type === 'reservationMoved') return { kind: 'reservation', party: fact.party, to: fact.to };
  if (fact.type === 'termMoved' && fact.from !== 0)
    return { kind: 'term', party: fact.party, term: fact.term, times: fact.to / fact.from };
  return undefined;
}

/** What is so at the end of talks, as expressions: how they ended, what stands, who offered and refused how often, the market. */
function expectations(game: Game, state: State): string[] {
  const lines = [`end == '${state.end ?? 'timedout'}'`];
  const heads: [string, number][] = [
    ['agreement', state.agreement],
    ['standing', state.table.outcome],
  ];
  for (const [head, outcome] of heads) {
    lines.push(`${head}.index == ${outcome}`);
    if (outcome === NONE) continue;
    for (const [i, issue] of game.space.issues.entries()) {
      for (const { suffix, read } of issue.readings) {
        const value = read(game.space.levelOf(outcome, i));
        const name = [head, issue.id, suffix].filter(Boolean).join('.');
        lines.push(`${name} == ${typeof value === 'number' ? value : `'${value}'`}`);
      }
    }
  }
  for (const [seat, party] of game.ids.entries()) {
    lines.push(`${party}.offers == ${state.seats[seat].offers}`, `${party}.refusals == ${state.seats[seat].refusals}`);
    if (state.agreement !== NONE)
      lines.push(`abs(${party}.utility - (${game.valuation(state.world).utilities[seat][state.agreement]})) < 1e-9`);
  }
  for (const [name, figure] of Object.entries(state.world.market)) lines.push(`market.${name} == ${figure}`);
  return lines;
}
