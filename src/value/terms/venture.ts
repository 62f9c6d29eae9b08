import { flawed, made } from '../../domain/issue.ts';
import type { Appraisal, TermKind } from '../term.ts';
import { type VentureTermSpec, ventureTerm } from '../venture/schema.ts';

/**
 * What the scenario's mining venture is worth to a party over the life of the pact: its share of the coins, power for its grid, capital, its own miners'
 * loss, timed flows such as sanctions relief, and what breakdown does to each of them, through the party's own risk measure. The model is
 * `src/mining/venture`.
 */
export const venture: TermKind<VentureTermSpec> = {
  kind: 'venture',
  summary: "the mining venture's worth over the life of the pact, with breakdown, custody and the party's risk measure",
  spec: ventureTerm,
  example: {
    kind: 'venture',
    id: 'pact',
    discount_rate: 0.1,
    risk: { kind: 'mean_cvar', w: 0.4, alpha: 0.1 },
    coin: { sold: 1, kept: 0.95 },
    flows: [{ id: 'channel', when: 'while_alive', amount: { by: 'sanctions', amounts: { payment_channel: 150 } } }],
  },
  parts: (given) => given.flows.map(({ id }) => id),
  make(given, { venture: shared, party, seat }) {
    if (shared === undefined) {
      return flawed({
        path: [],
        code: 'no-venture',
        message: 'a venture term needs a "venture:" section in the scenario',
        hint: 'describe plant, mining, network, price, hazard, custody and breakdown there',
      });
    }
    shared.join(seat, given);
    const at = (world: Parameters<typeof shared.model>[0]): Appraisal => {
      const model = shared.model(world);
      const { reader } = shared;
      const shares = reader.ownShares(party, seat);
      return {
        value: (levels) => model.worthOf(seat, shared.resolve(model, levels), reader.share(seat, levels)),
        table: shares && ((rows) => shared.worths(model, seat, rows, shares.length)),
        bars: (levels) =>
          model
            .explain(seat, reader.terms(levels))
            .bars.map(({ id, label, value }) => ({ bar: { id, label }, amount: value })),
        standardError: (levels) => model.explain(seat, reader.terms(levels)).standardError,
      };
    };
    const label = given.label ?? given.id.replaceAll('_', ' ');
    return made({
      id: given.id,
      label,
      coordinates: shared.reader.coordinates(party),
      key: (world) => shared.key(world),
      at,
    });
  },
};
