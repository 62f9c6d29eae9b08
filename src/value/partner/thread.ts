import { parentPort } from 'node:worker_threads';
import { keep } from '../../domain/keep.ts';
import { compileVenture, type VentureModel } from '../../mining/venture/model.ts';
import { addUp } from '../points.ts';
import { sortByValue } from '../radix.ts';
import { type Lot, valuePart } from '../venture/lot.ts';
import type { Told } from './partner.ts';
import { take } from './turns.ts';

/** The thread that `Partner` speaks to. It says nothing itself: what it did stands on the board, and what fails here fails there with its reason. */
const models = new Map<number, VentureModel>();
const lots = new Map<number, Lot>();
const lists = new Map<number, Int32Array>();

/** So many of each are kept. */
const REMEMBERED = 3;

parentPort?.on('message', (told: Told) => {
  try {
    hear(told);
  } catch {
    // a model that cannot be compiled, or a part that cannot be valued: the other thread finds out by itself
  }
});

function hear(told: Told): void {
  if ('model' in told) {
    const { spec, market, options } = told.parts;
    keep(models, told.model, compileVenture(spec, market, options), REMEMBERED);
  } else if ('lot' in told) keep(lots, told.lot, told.wordings, REMEMBERED);
  else if ('outcomes' in told) keep(lists, told.outcomes, told.list, REMEMBERED);
  else if ('value' in told) {
    const { worths, board } = told.value;
    const model = models.get(told.value.model);
    const lot = lots.get(told.value.lot);
    if (model === undefined || lot === undefined) return;
    for (let part = 0; part < board.length; part++) take(board, part, () => valuePart(model, lot, part, worths));
  } else if ('sum' in told) {
    const { sum, values, board, outcomes } = told.sum;
    const list = lists.get(outcomes);
    if (list === undefined) return;
    // From the far end, where the other thread comes last.
    for (let part = board.length - 1; part >= 0; part--)
      take(board, part, () => addUp(list, sum, values, part, board.length));
  } else {
    const { values, order, board, part, outcomes } = told.sort;
    const list = lists.get(outcomes);
    if (list !== undefined) take(board, part, () => order.set(sortByValue(values, list)));
  }
}
