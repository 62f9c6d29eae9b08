import type { Curves } from '../data/curves.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { clip } from '../labels.ts';
import { seatClass, shapeAt, star } from '../marks.ts';
import { words } from '../numbers.ts';
import { airy, drawing, extent, gridX, gridY, linear, px, type Scale, say, widthOf } from '../svg.ts';

const WIDTH = 1000;
const LEFT = 62;
const RIGHT = 984;
const HEAD = 78;
const PANEL = 204;
const PLOT = 128;
const STRIP = 17;
const FLAG = 20;

/**
 * What each party made of the offers, round by round: one panel a party, in its own utility. Its own offers are joined by steps, the others' stand by shape;
 * the dashed line is what its tactic aimed at, the dotted one its reservation value. Bands show where its stance stood, numbered flags what happened.
 */
export function concessionChart(
  id: string,
  parties: readonly { readonly label: string; readonly observer?: boolean }[],
  curves: Curves,
): Markup {
  const x = linear([curves.from, Math.max(curves.to, curves.from + 1)], [LEFT, RIGHT], 12);
  const ticks = x.ticks.filter((tick) => Number.isInteger(tick) && tick < curves.to);
  const bottom = HEAD + parties.length * PANEL;
  return drawing(
    {
      id,
      width: WIDTH,
      height: bottom + 34,
      title: 'Concession curves',
      summary: `${curves.offers.length} offers over ${curves.to - 1} rounds, one panel for each of ${parties.length} parties, in its own utility.`,
      data: { from: curves.from, to: x.domain[1], left: LEFT, right: RIGHT },
    },
    key(curves.agreement !== null),
    parties.map(({ label, observer }, seat) =>
      panel(curves, seat, observer ? `${label}, observing` : label, parties.length, HEAD + seat * PANEL, x, ticks),
    ),
    flags(curves, x),
    html`<path class="cursor-line" d="M0 ${HEAD + 20}V${px(bottom - 24)}" transform="translate(-99 0)"/>`,
    say((LEFT + RIGHT) / 2, bottom + 22, 'round', 'axis', 'middle'),
  );
}

function panel(
  curves: Curves,
  seat: number,
  label: string,
  parties: number,
  top: number,
  x: Scale,
  ticks: readonly number[],
): Piece {
  const { offers, targets, bands, reservations, agreement, events, to } = curves;
  const own = offers.filter(({ by }) => by === seat);
  const figures = [
    ...offers.map(({ utilities }) => utilities[seat]),
    ...targets[seat].map(({ utility }) => utility),
    ...reservations[seat].map(({ utility }) => utility),
    0,
    1,
  ];
  const plotTop = top + 26 + STRIP;
  const y = linear(airy(extent(figures), 0.04), [plotTop + PLOT, plotTop], 3);
  const others = Array.from({ length: parties }, (_, other) => other).filter((other) => other !== seat);
  return html`<g>${say(LEFT, top + 16, clip(label, 100), 'strong')}${say(RIGHT, top + 16, 'utility to it', 'small soft', 'end')}<path class="fill ${seatClass(seat)}" d="${shapeAt(seat, LEFT - 14, top + 12, 5)}"/>
${bands[seat].map(({ from, to: until, stance }, k) => {
  const width = x(until) - x(from);
  return html`<rect class="band b${k % 2}" x="${px(x(from))}" y="${px(plotTop)}" width="${px(Math.max(0, width))}" height="${PLOT}"><title>${stance}</title></rect><rect class="strip b${k % 2}" x="${px(x(from))}" y="${px(plotTop - STRIP)}" width="${px(Math.max(0, width - 1))}" height="${STRIP}"><title>${stance}</title></rect>`;
})}
${events.map(({ at }) => html`<path class="happened" d="M${px(x(at))} ${px(plotTop - STRIP)}V${px(plotTop + PLOT)}"/>`)}
${bands[seat].map(({ from, to: until, stance }) => {
  const name = fitted(words(stance), x(until) - x(from) - 8);
  return name === null ? null : say(x(from) + 5, plotTop - 5, name, 'small soft halo');
})}
${gridX(
  Object.assign((r: number) => x(r), x, { ticks }),
  plotTop,
  plotTop + PLOT,
  (r) => String(r),
)}${gridY(y, LEFT, RIGHT)}
${reservations[seat].map(({ at, utility }, k, all) =>
  utility === null
    ? null
    : html`<path class="reserve" d="M${px(x(at))} ${px(y(utility))}H${px(x(all[k + 1]?.at ?? to))}"/>`,
)}
${others.map((other) => {
  const seen = offers.filter(({ by }) => by === other);
  if (seen.length === 0) return null;
  const spots = seen.map(({ at, utilities }): [number, number] => [x(at), y(utilities[seat])]);
  return html`<g class="${seatClass(other)}"><path class="thin" d="${steps(spots)}"/><path class="hollow" d="${turning(
    spots,
  )
    .map(([a, b]) => shapeAt(other, a, b, 2.8))
    .join('')}"/></g>`;
})}
${targets[seat].length > 1 ? html`<path class="target ${seatClass(seat)}" d="${curve(targets[seat].map(({ at, utility }) => [x(at), y(utility)]))}"/>` : null}
${
  own.length > 0
    ? html`<path class="line ${seatClass(seat)}" d="${steps(own.map(({ at, utilities }) => [x(at), y(utilities[seat])]))}"/><path class="fill ${seatClass(seat)}" d="${turning(
        own.map(({ at, utilities }): [number, number] => [x(at), y(utilities[seat])]),
      )
        .map(([a, b]) => shapeAt(seat, a, b, 3.6))
        .join('')}"/>`
    : null
}
${agreement === null ? null : html`<path class="agreed" d="${star(x(agreement.at), y(agreement.utilities[seat]), 9)}"><title>agreement</title></path>`}</g>`;
}

/** A stance's name as far as its band has room for it; none where so little would be left that nobody could tell which it is (the table has all). */
function fitted(name: string, width: number): string | null {
  const most = Math.floor(width / 6.4);
  return name.length <= most ? name : most < 8 ? null : clip(name, most);
}

/** Numbered flags for the events over their lines in the panels. A flag that would cover another steps up, or aside where both rows are taken. */
function flags({ events }: Curves, x: Scale): Piece {
  const taken = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return events.map(({ at, label }, i) => {
    const free = taken.findIndex((last) => x(at) - last >= FLAG);
    const level = free >= 0 ? free : taken.indexOf(Math.min(...taken));
    const place = Math.max(x(at), taken[level] + FLAG);
    taken[level] = place;
    const y = HEAD - 7 - level * FLAG;
    return html`<g class="event"><title>${label}</title><circle cx="${px(place)}" cy="${px(y)}" r="8.5"/>${say(place, y + 4, i + 1, 'flag', 'middle')}</g>`;
  });
}

function key(agreed: boolean): Piece {
  const items: readonly (readonly [(x: number) => Piece, string])[] = [
    [
      (x) =>
        html`<path class="line ink" d="M${px(x)} 14h26"/><path class="fill ink" d="${shapeAt(0, x + 13, 14, 3.6)}"/>`,
      'own offers',
    ],
    [(x) => html`<path class="target ink" d="M${px(x)} 14h26"/>`, 'aimed at'],
    [
      (x) =>
        html`<g class="ink"><path class="thin" d="M${px(x)} 14h26"/><path class="hollow" d="${shapeAt(1, x + 6, 14, 3)}${shapeAt(2, x + 19, 14, 3)}"/></g>`,
      'offers of the others, by their shape',
    ],
    [(x) => html`<path class="reserve" d="M${px(x)} 14h26"/>`, 'reservation value'],
    [(x) => html`<rect class="strip b1" x="${px(x)}" y="6" width="26" height="16"/>`, 'stance'],
    [
      (x) =>
        html`<g class="event"><circle cx="${px(x + 13)}" cy="14" r="8.5"/>${say(x + 13, 18, 1, 'flag', 'middle')}</g>`,
      'event',
    ],
    ...(agreed ? [[(x: number) => html`<path class="agreed" d="${star(x + 13, 14, 9)}"/>`, 'agreement'] as const] : []),
  ];
  let x = LEFT;
  return items.map(([mark, text]) => {
    const at = x;
    x += 34 + widthOf(text) * 0.94 + 12;
    return [mark(at), say(at + 34, 18, text)];
  });
}

type Spot = readonly [number, number];

/** A line that holds a place until the next. */
const steps = (spots: readonly Spot[]): string =>
  spots
    .map(([x, y], i) =>
      i === 0 ? `M${px(x)} ${px(y)}` : `H${px(x)}${px(y) === px(spots[i - 1][1]) ? '' : `V${px(y)}`}`,
    )
    .join('')
    .replace(/(H[\d.-]+)(?=H)/g, '');

const curve = (spots: readonly Spot[]): string =>
  spots.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${px(x)} ${px(y)}`).join('');

/** The places where something changes, and both ends. */
const turning = (spots: readonly Spot[]): readonly Spot[] =>
  spots.filter(([, y], i) => i === 0 || i === spots.length - 1 || px(y) !== px(spots[i - 1][1]));
