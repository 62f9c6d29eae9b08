import type { Flaw } from '../domain/issue.ts';
import { nodes } from '../session/chart.ts';
import type { Stage } from './compile.ts';
import { isNamed } from './seats.ts';

/**
 * What is probably a mistake in a scenario but may be meant: a flaw that does not stop anything. Of a scenario that is sound, for whoever reads it.
 */
export function warningsOf(stage: Stage): Flaw[] {
  return [late, unheard, unread, unreachable, lonely, idle].flatMap((look) => look(stage));
}

/** Events and moves after the last round, where no event moves the deadline. */
function late({ spec }: Stage): Flaw[] {
  const { rounds } = spec.protocol;
  if (spec.events.some(({ effects }) => effects.some(({ kind }) => kind === 'deadline'))) return [];
  const hint = `the talks have ${rounds} rounds`;
  const events = spec.events.flatMap(({ id, at, from }, e): Flaw[] => {
    const first = at ?? from ?? 1;
    if (first <= rounds) return [];
    const path = ['events', e, at === undefined ? 'from' : 'at'];
    return [{ path, code: 'after-the-end', message: `"${id}" cannot happen before round ${first}`, hint }];
  });
  const moves = spec.parties.flatMap((party, p) =>
    (party.moves ?? []).flatMap(({ round }, m): Flaw[] => {
      if (round <= rounds) return [];
      const message = `"${party.id}" never comes to its move in round ${round}`;
      return [{ path: ['parties', p, 'moves', m, 'round'], code: 'after-the-end', message, hint }];
    }),
  );
  return [...events, ...moves];
}

/** Signals that no stance listens for. */
function unheard({ spec, players }: Stage): Flaw[] {
  const listening = players.map(
    ({ compiled }) => new Set(nodes(compiled.chart).flatMap(({ node }) => Object.keys(node.on ?? {}))),
  );
  return spec.events.flatMap(({ effects }, e) =>
    effects.flatMap((effect, i): Flaw[] => {
      const { kind, name, to } = effect as { kind: string; name?: string; to?: string };
      if (kind !== 'signal' || name === undefined) return [];
      const heard = spec.parties.some(
        ({ id, observer }, p) =>
          !observer && (to === undefined || to === id) && (listening[p].has(name) || listening[p].has('*')),
      );
      if (heard) return [];
      const whose = to === undefined ? 'no stance listens' : `the stance of "${to}" does not listen`;
      return [
        {
          path: ['events', e, 'effects', i, 'name'],
          code: 'unheard-signal',
          message: `${whose} for "${name}"`,
          hint: 'write a transition for it under "on"',
        },
      ];
    }),
  );
}

/** Market figures that neither a venture nor an expression reads. */
function unread({ spec }: Stage): Flaw[] {
  if (spec.venture !== undefined) return [];
  const said = JSON.stringify({ ...spec, market: null, variants: null, note: null });
  return Object.keys(spec.market).flatMap((name): Flaw[] => {
    if (new RegExp(`\\bmarket\\.${name}(?:_change)?\\b|"what":"${name}"`).test(said)) return [];
    return [
      {
        path: ['market', name],
        code: 'unread-market-figure',
        message: `nothing depends on the market figure "${name}"`,
        hint: `read it as market.${name} in a guard, an event or an expectation`,
      },
    ];
  });
}

/** Parties that want more than any outcome gives them. */
function unreachable({ spec, appraiser, world }: Stage): Flaw[] {
  const valuation = appraiser.valuation(world);
  return spec.parties.flatMap(({ id, observer }, seat): Flaw[] => {
    const best = valuation.utilities[seat][valuation.order(seat).at(-1) as number];
    if (observer || appraiser.reservation(seat, world) <= best) return [];
    const message = `no outcome on the table is worth as much to "${id}" as no deal`;
    return [
      {
        path: ['parties', seat, 'reservation'],
        code: 'reservation-out-of-reach',
        message,
        hint: `its best is worth ${Number(appraiser.valueOf(seat, best).toPrecision(6))}`,
      },
    ];
  });
}

/** A quorum of one: whoever offers anything has an agreement. */
function lonely({ spec }: Stage): Flaw[] {
  const { agreement } = spec.protocol;
  if (agreement.rule !== 'quorum' || agreement.count > 1) return [];
  return [
    {
      path: ['protocol', 'agreement', 'count'],
      code: 'quorum-of-one',
      message: 'any party agrees alone, on whatever it offers',
    },
  ];
}

/** States of a scenario's own stances in which a party neither offers nor accepts. */
function idle({ spec, players }: Stage): Flaw[] {
  return players.flatMap(({ postures }, p) => {
    const { stance, observer } = spec.parties[p];
    if (isNamed(stance) || observer) return [];
    return [...postures.values()].flatMap(({ path, tactic, acceptance, leaves }): Flaw[] => {
      if (tactic || acceptance || leaves !== undefined) return [];
      const keys = path.includes('|') ? [] : path.split('.').flatMap((key) => ['states', key]);
      const message = `in "${path}" the stance neither offers nor accepts anything`;
      return [
        {
          path: ['parties', p, 'stance', ...keys],
          code: 'idle-state',
          message,
          hint: 'give it a tactic and an acceptance rule in "meta"',
        },
      ];
    });
  });
}
