import type { Curves } from '../data/curves.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { clip } from '../labels.ts';
import { seatClass, shapeAt, star } from '../marks.ts';
import { words } from '../numbers.ts';
import { airy, drawing, extent, gridX, gridY, linear, px, type Scale, say, widthOf } from '../svg.ts';

const WIDTH = 1000;
const LEFT = 62;
const RIGHT = 984;
const HEAD = 66;
const PANEL = 204;
const PLOT = 128;
const STRIP = 17;

/**
 * What each party made of the offers, round by round: one panel a party, in its own utility. Its own offers are joined by steps, the others' stand by shape;
 * the dashed line is what its tactic aimed at, the dotted one its reservation value. Bands show where its stance stood, numbered flags what happened.
 */
export function concessionChart(id: string, parties: readonly { readonly label: string }[], curves: Curves): Markup {
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
    key(),
    parties.map(({ label }, seat) => panel(curves, seat, label, parties.length, HEAD + seat * PANEL, x, ticks)),
    flags(curves, x, bottom - (PANEL - PLOT - 26 - STRIP)),
    html`<path class="cursor-line" d="M0 ${HEAD + 4}V${px(bottom - 24)}" transform="translate(-99 0)"/>`,
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
  const { offers, targets, bands, reservations, agreement, to } = curves;
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
  return html`<g>${say(LEFT, top + 16, clip(label, 120), 'strong')}<path class="fill ${seatClass(seat)}" d="${shapeAt(seat, LEFT - 14, top + 12, 5)}"/>
${bands[seat].map(({ from, to: until, stance }, k) => {
  const width = x(until) - x(from);
  const name = width > 30 ? clip(words(stance), Math.max(3, Math.floor((width - 8) / 6.6))) : '';
  return html`<rect class="band b${k % 2}" x="${px(x(from))}" y="${px(plotTop)}" width="${px(Math.max(0, width))}" height="${PLOT}"><title>${stance}</title></rect><rect class="strip b${k % 2}" x="${px(x(from))}" y="${px(plotTop - STRIP)}" width="${px(Math.max(0, width - 1))}" height="${STRIP}"><title>${stance}</title></rect>${name === '' ? null : say(x(from) + 5, plotTop - 5, name, 'small soft')}`;
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

/** Numbered flags for the events, and a line down through every panel. Flags that would cover each other step down. */
function flags({ events }: Curves, x: Scale, bottom: number): Piece {
  let last = Number.NEGATIVE_INFINITY;
  let level = 0;
  return events.map(({ at, label }, i) => {
    const place = x(at);
    level = place - last < 20 ? (level + 1) % 2 : 0;
    last = place;
    const y = HEAD - 9 - level * 17;
    return html`<g class="event"><title>${label}</title><path d="M${px(place)} ${px(y + 8)}V${px(bottom)}"/><circle cx="${px(place)}" cy="${px(y)}" r="8.5"/>${say(place, y + 4, i + 1, 'flag', 'middle')}</g>`;
  });
}

function key(): Piece {
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
  ];
  let x = LEFT;
  return items.map(([mark, text]) => {
    const at = x;
    x += 34 + widthOf(text) * 0.94 + 26;
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
