import { z } from 'zod';

/** An identifier: lower case, digits and underscores, first a letter. Labels are free text; ids are what files and code refer to. */
export const ID = /^[a-z][a-z0-9_]*$/;

export const id = z
  .string()
  .max(64)
  .regex(ID, 'an id is lower case letters, digits and underscores, and starts with a letter');

export const label = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\n\r\u2028\u2029]*$/, 'a title or label is one line of text');

export type PartyId = string;

/** A party's place at the table, counted from 0 in the order the scenario lists the parties. */
export type Seat = number;

/** JSON without holes: what states, facts and traces are made of. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
