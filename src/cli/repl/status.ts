import type { Debugger, Frame, Stop } from '../../debugger/debugger.ts';
import { factText, offerText } from '../../debugger/fact_text.ts';
import { valueText } from '../../debugger/logpoint.ts';
import { counted } from '../../domain/counted.ts';
import { pathOf } from '../../session/contracts/stance.ts';
import { NONE } from '../../session/state.ts';
import { utilityNow, valueNow } from '../../session/vocabulary.ts';
import type { Paint } from '../console.ts';
import { figureText, table } from '../render/table.ts';

/** How many of the facts passed on a journey are told one by one. */
const TOLD = 8;

/** What is shown after every stop: why it stopped, what happened on the way, and how things stand. */
export function stopText(debug: Debugger, stop: Stop, paint: Paint): string {
  const { frame } = stop;
  const lines: string[] = [];
  for (const { at, id, text } of stop.logs) lines.push(paint.dim(`log ${id} at ${at}: `) + text);
  for (const { id, text } of stop.hit) lines.push(paint.yellow(`breakpoint ${id}: ${text}`));
  if (stop.reason === 'end') lines.push(paint.yellow(endText(frame)));
  if (stop.reason === 'start') lines.push('the start: nothing has happened yet');
  if (stop.message !== undefined && stop.reason !== 'awaits') lines.push(paint.yellow(stop.message));
  lines.push(...travelled(stop, frame, paint), statusText(debug, paint));
  const { awaited } = frame.branch.recording;
  if (stop.reason === 'awaits' && awaited !== undefined) {
    for (const fact of awaited.facts) lines.push(`  then ${factText(fact, frame.game)}`);
    lines.push(paint.yellow(`${frame.game.ids[awaited.awaits]}: offer ISSUE=VALUE …, accept, pass or walk WHY?`));
  }
  return lines.join('\n');
}

const endText = ({ state }: Frame) =>
  state.end === null
    ? 'there is no more'
    : `the talks are over: ${state.end === 'agreement' ? 'agreement' : state.end === 'timedout' ? 'time is up' : 'breakdown'}`;

function travelled(stop: Stop, frame: Frame, paint: Paint): string[] {
  const { recording } = frame.branch;
  if (stop.reason === 'goto' || stop.reason === 'branch' || frame.position <= stop.from) {
    return frame.fact === undefined
      ? []
      : [
          `${paint.bold(frame.at)}  ${factText(frame.fact, frame.game, recording.state(frame.position - 1).table.outcome)}`,
        ];
  }
  const first = Math.max(stop.from + 1, frame.position - TOLD + 1);
  const lines = first > stop.from + 1 ? [paint.dim(`… ${counted(first - stop.from - 1, 'fact')} before`)] : [];
  for (let p = first; p <= frame.position; p++) {
    const text = `${recording.addressText(p)}  ${factText(recording.fact(p)!, frame.game, recording.state(p - 1).table.outcome)}`;
    lines.push(p === frame.position ? paint.bold(text) : text);
  }
  return lines;
}

/** Round, table, and each party's stance and utilities. */
export function statusText(debug: Debugger, paint: Paint): string {
  const { frame } = debug;
  const { state, game, branch } = frame;
  const { table: on, world } = state;
  const digits = game.parts.appraiser.scales.every(({ high }) => Math.abs(high) < 20) ? 2 : 0;
  const where = branch.id === 0 ? '' : `, branch ${branch.id} (${branch.label})`;
  const clock =
    state.round === 0
      ? 'before round 1'
      : `round ${state.round} of ${world.rounds}, turn ${state.turn}, time ${valueText(game.time(state.round, world))}`;
  const consents = game.ids.filter((_, seat) => (on.consent & (1 << seat)) !== 0);
  const by = on.by >= 0 ? game.ids[on.by] : 'the mediator';
  const standing =
    on.outcome === NONE
      ? 'nothing on the table'
      : `on the table: ${offerText(game, on.outcome)} (by ${by}${consents.length > 0 ? `; agreed: ${consents.join(', ')}` : ''})`;
  const env = { game, state };
  const rows = game.ids.map((id, seat) => {
    const own = state.seats[seat];
    const reservation = game.parts.appraiser.reservation(seat, world);
    const utility = utilityNow(env, seat);
    const shown = on.outcome === NONE && state.end === null ? '–' : figureText(utility, 3);
    const last = own.lastOffer === NONE ? '–' : figureText(game.valuation(world).utilities[seat][own.lastOffer], 3);
    return [
      game.parties[seat].observer ? `${id} (observer)` : own.here ? id : `${id} (left)`,
      pathOf(own.stance.value),
      utility >= reservation && shown !== '–' ? paint.green(shown) : shown,
      on.outcome === NONE && state.end === null ? '–' : figureText(valueNow(env, seat), digits),
      figureText(reservation, 3),
      last,
      `${own.offers}/${own.refusals}`,
    ];
  });
  const columns = [
    { title: 'party' },
    { title: 'stance' },
    { title: 'utility', right: true },
    { title: 'value', right: true },
    { title: 'reserves', right: true },
    { title: 'own offer', right: true },
    { title: 'offers/refusals', right: true },
  ];
  const market = Object.entries(world.market).map(([name, figure]) => `${name} ${valueText(figure)}`);
  const watches = debug.watches.map(({ id, source, value }) => `  watch ${id}: ${source} = ${valueText(value)}`);
  return [
    paint.dim(`${clock}${where}${market.length > 0 ? `; ${market.join(', ')}` : ''}`),
    standing,
    table(columns, rows, paint),
    ...watches,
  ].join('\n');
}
