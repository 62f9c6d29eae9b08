import type { Scenario } from '../scenario/load.ts';
import { readOverride } from '../scenario/resolve.ts';
import { threatOf } from '../scenario/threat.ts';
import type { Game } from '../session/game.ts';
import type { World } from '../value/world.ts';
import { loadCase } from './hall.ts';
import type { Request } from './schedule.ts';

/** A scenario under some overrides, to be looked at and not played: its game, and the world to look at it in. */
export interface Place {
  readonly scenario: Scenario;
  readonly game: Game;
  readonly world: World;
}

/**
 * A scenario whose figures are moved about. A reservation value only moves a cut-off, and a market figure only what depends on it, so those two need no new
 * compilation: the same outcomes are looked at in another world. Anything else compiles the scenario anew. Values are the same either way; the scale of
 * utilities stays that of the scenario as it was compiled.
 */
export class Ground {
  readonly #request: Pick<Request, 'scenarios' | 'variant' | 'set'>;
  readonly #compiled: { readonly key: string; readonly scenario: Scenario }[] = [];

  constructor(request: Pick<Request, 'scenarios' | 'variant' | 'set'>, base?: Scenario) {
    this.#request = request;
    if (base) this.#compiled.push({ key: '', scenario: base });
  }

  /** The first scenario of the request under these overrides, beside those of the request itself. Refuses what the scenario refuses. */
  at(overrides: readonly string[]): Place {
    const heavy: string[] = [];
    const light: { path: string; value: number }[] = [];
    for (const written of overrides) {
      const read = readOverride(written);
      const value = 'code' in read ? undefined : read.value;
      if (!('code' in read) && typeof value === 'number' && isLight(read.path)) light.push({ path: read.path, value });
      else heavy.push(written);
    }
    const scenario = this.#scenario(heavy, light, overrides);
    // A reservation value that is what another pact would leave a party moves with the market.
    const moving = light.filter(({ path }) => path.startsWith('market.'));
    if (moving.length > 0 && scenario.spec.parties.some((party) => threatOf(party) !== undefined)) {
      heavy.push(...moving.map(({ path, value }) => `${path}=${value}`));
      return this.#placed(this.#scenario(heavy, light, overrides), light);
    }
    return this.#placed(scenario, light);
  }

  #placed(scenario: Scenario, light: readonly { readonly path: string; readonly value: number }[]): Place {
    const game = scenario.game();
    let { world } = game;
    for (const { path, value } of light) {
      const [room, name] = path.split('.');
      world =
        room === 'market'
          ? { ...world, market: { ...world.market, [name]: value } }
          : { ...world, reservations: { ...world.reservations, [name]: value } };
    }
    return { scenario, game, world };
  }

  #scenario(
    heavy: readonly string[],
    light: readonly { readonly path: string }[],
    overrides: readonly string[],
  ): Scenario {
    const key = heavy.join('\n');
    const known = this.#compiled.find((one) => one.key === key);
    const scenario = known?.scenario ?? this.#load(heavy);
    if (!known) {
      this.#compiled.push({ key, scenario });
      if (this.#compiled.length > 3) this.#compiled.splice(1, 1);
    }
    // A name that the scenario does not have is refused the way the scenario refuses it.
    const { market, parties } = scenario.spec;
    const strange = light.some(({ path }) => {
      const [room, name] = path.split('.');
      return room === 'market' ? !(name in market) : !parties.some(({ id }) => id === name);
    });
    return strange ? this.#load(overrides) : scenario;
  }

  #load(overrides: readonly string[]): Scenario {
    return loadCase(this.#request, { scenario: 0, set: [...this.#request.set, ...overrides] });
  }
}

/** Whether a figure can be moved without compiling the scenario anew. */
export const isLight = (path: string): boolean =>
  /^market\.[a-z][a-z0-9_]*$/.test(path) || /^parties\.[a-z][a-z0-9_]*\.reservation$/.test(path);
