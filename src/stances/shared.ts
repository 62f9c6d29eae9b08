import { z } from 'zod';

/** A condition in the language of guards, given to a ready-made stance so that it can speak of a scenario's own issues and events. */
export const conditionText = z.string().min(1).max(400);

/**
 * The model a ready-made stance learns with, unless the scenario names another. On the flagship, whose zone of agreement is a sliver, three such stances agree
 * under 9 of 12 seeds with it, and under 3 of 12 with `smith_frequency`.
 */
export const LEARNS = { type: 'hardheaded_frequency' } as const;

/** An offer well worth closing on: a share of the way from the floor (the reservation value, or the worst outcome where that is more) to the best. */
export const share = z.number().min(0).max(1);
