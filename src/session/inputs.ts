import { ANY_INPUT } from '../expression/index.ts';

/**
 * What guards read, sorted by what moves it: a guard that came out false need not be asked again before something it reads has moved.
 */

/** The round and the deadline. */
export const CLOCK = 1;
/** What is on the table, who put it there, who consents to it. */
export const TABLE = 2;
/** What the party itself has offered and refused. */
export const OWN = 4;
/** What the others' first and latest offers are: an offer made again moves nothing. */
export const OFFERS = 8;
/** What the others have done so far: how many offers and refusals, the step from an offer to the next, the best of all offers. */
export const DEEDS = 16;
/** What moves so rarely that everything is asked anew when it does: worths, the market, who is in the talks, the stance's own memory. */
export const SETTLED = 32;
/** What may change at any time: nothing can be concluded from it. */
export const ANYTHING = ANY_INPUT;
