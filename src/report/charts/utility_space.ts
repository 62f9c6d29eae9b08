import type { Curves } from '../data/curves.ts';
import type { PairPicture, SpacePicture } from '../data/space.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { clip } from '../labels.ts';
import { cross, seatClass, shapeAt, star } from '../marks.ts';
import { count } from '../numbers.ts';
import { airy, drawing, extent, gridX, gridY, linear, polyline, px, type Scale, say, widthOf } from '../svg.ts';

export interface Talks {
  /** By and to those who decide, in the order of `space.parties`. */
  readonly offers: Curves['offers'];
  /** Utilities of the agreement to the same, in the world the talks ended in. */
  readonly agreement: readonly number[] | null;
}

const WIDTH = 1000;
const HEIGHT = 560;
const LEFT = 70;
const RIGHT = 690;
const TOP = 16;
const BOTTOM = 500;
/** Marks closer than this, in pixels, share one label. */
const NEAR = 9;

/**
 * Two parties' utilities: how dense the outcomes lie, which of them everybody would sign, the frontier, the solutions by letter, the disagreement point, the
 * offers in their order, and the agreement.
 */
export function utilitySpaceChart(id: string, space: SpacePicture, pair: PairPicture, talks?: Talks): Markup {
  const [i, j] = pair.seats;
  const across = space.parties[i].label;
  const up = space.parties[j].label;
  const reservation = [space.reservation[i], space.reservation[j]];
  const x = linear(spanOf(pair.x, reservation[0]), [LEFT, RIGHT]);
  const y = linear(spanOf(pair.y, reservation[1]), [BOTTOM, TOP]);
  const solutions = space.solutions.map(({ name, points }) => `${name}${points.length === 0 ? ': none' : ''}`);
  const key = legend(space, [i, j], talks);
  const agreement = talks?.agreement ?? null;
  const close = closeUp(space, [i, j], talks, x, y, key.bottom + 34);
  return drawing(
    {
      id,
      width: WIDTH,
      height: Math.max(HEIGHT, close === null ? 0 : close.bottom + 12),
      title: `Utility space of ${across} and ${up}`,
      summary: `${count(space.outcomes, 'outcome')}, ${space.rational} of them acceptable to all; frontier of ${count(space.paretoSize, 'point')}; solutions ${solutions.join(', ')}.`,
      data: {
        seats: [i, j].map((k) => space.parties[k].seat).join(','),
        x: [...x.domain, ...x.range].join(','),
        y: [...y.domain, ...y.range].join(','),
      },
    },
    gridX(x, TOP, BOTTOM),
    gridY(y, LEFT, RIGHT),
    space.dots === null ? density(pair, x, y) : dots(space.dots, i, j, x, y),
    disagreement(reservation, x, y),
    frontier(space, i, j, x, y),
    talks ? traces(talks, space, [i, j], x, y) : null,
    landmarks(space, i, j, agreement, x, y, close === null),
    html`<circle class="cursor" r="9" cx="-99" cy="-99"/>`,
    say((LEFT + RIGHT) / 2, BOTTOM + 46, `utility to ${clip(across, 60)} →`, 'axis', 'middle'),
    html`<text class="axis middle" transform="translate(20 ${px((TOP + BOTTOM) / 2)}) rotate(-90)">utility to ${clip(up, 60)} →</text>`,
    key.rows,
    close?.drawn,
  );
}

const INSET = { left: RIGHT + 54, right: WIDTH - 14, height: 150 };

/** Where everything that matters crowds into a corner: that corner once more, larger, with the labels. */
function closeUp(
  space: SpacePicture,
  [i, j]: readonly [number, number],
  talks: Talks | undefined,
  x: Scale,
  y: Scale,
  top: number,
): { drawn: Piece; bottom: number } | null {
  const agreement = talks?.agreement ?? null;
  const marked = [
    ...space.frontier,
    ...space.solutions.flatMap(({ points }) => points.map(({ utilities }) => utilities)),
    ...(agreement === null ? [] : [agreement]),
  ];
  const spanX = extent([...marked.map((u) => u[i]), space.reservation[i]]);
  const spanY = extent([...marked.map((u) => u[j]), space.reservation[j]]);
  const [left, right, high, low] = [x(spanX[0]), x(spanX[1]), y(spanY[1]), y(spanY[0])];
  const inside = left >= LEFT && right <= RIGHT && high >= TOP && low <= BOTTOM;
  if (marked.length < 2 || !inside || right - left > 130 || low - high > 110) return null;
  const bottom = top + INSET.height;
  const nearX = linear(airy(spanX, 0.16), [INSET.left, INSET.right], 3);
  const nearY = linear(airy(spanY, 0.16), [bottom, top], 3);
  const seen = (u: readonly number[]) =>
    [u[i], u[j]].every((v, k) => v >= (k === 0 ? nearX : nearY).domain[0] && v <= (k === 0 ? nearX : nearY).domain[1]);
  const offers = (talks?.offers ?? []).filter(({ utilities }) => seen(utilities));
  const shapes = new Map(
    offers.map(({ by, utilities: u }) => {
      const seat = by < 0 ? 5 : space.parties[by].seat;
      return [`${seat}|${px(nearX(u[i]))}|${px(nearY(u[j]))}`, { seat, d: shapeAt(seat, nearX(u[i]), nearY(u[j]), 4) }];
    }),
  );
  const drawn = [
    html`<rect class="lens" x="${px(left - 8)}" y="${px(high - 8)}" width="${px(right - left + 16)}" height="${px(low - high + 16)}" rx="3"/>`,
    say(INSET.left, top - 9, 'the marked corner, larger', 'small soft'),
    html`<rect class="lens" x="${INSET.left}" y="${px(top)}" width="${INSET.right - INSET.left}" height="${INSET.height}" rx="3"/>`,
    gridX(nearX, top, bottom),
    gridY(nearY, INSET.left, INSET.right),
    disagreement([space.reservation[i], space.reservation[j]], nearX, nearY),
    frontier(space, i, j, nearX, nearY),
    [...shapes.values()].map(({ seat, d }) => html`<path class="fill ${seatClass(seat)}" d="${d}"/>`),
    landmarks(space, i, j, agreement, nearX, nearY, true),
  ];
  return { drawn, bottom: bottom + 24 };
}

/** The picture shows every outcome, and the disagreement point where it is not so far away that it would squeeze everything else. */
function spanOf({ min, max }: { min: number; max: number }, reservation: number | null): [number, number] {
  const width = max - min || 1;
  const shown = reservation !== null && reservation > min - width && reservation < max + width;
  return airy([shown ? Math.min(min, reservation) : min, shown ? Math.max(max, reservation) : max], 0.03);
}

/** Every outcome at its place; those acceptable to all in colour and larger. */
function dots(all: NonNullable<SpacePicture['dots']>, i: number, j: number, x: Scale, y: Scale): Piece {
  const path = (rational: boolean) => {
    const spots = all
      .filter((dot) => dot.rational === rational)
      .map(({ utilities }) => `M${px(x(utilities[i]))} ${px(y(utilities[j]))}h0`);
    return [...new Set(spots)].join('');
  };
  return [
    html`<path class="dense dots d4" stroke-width="6" d="${path(false)}"/>`,
    html`<path class="zone dots z3" stroke-width="8.5" d="${path(true)}"/>`,
  ];
}

/**
 * Cells in four depths of grey, or of colour where they hold outcomes acceptable to all. Equal neighbours in a row are one stroke, as wide as the row is high.
 */
function density({ columns, rows, x: ex, y: ey, counts, rational }: PairPicture, x: Scale, y: Scale): Piece {
  const w = (x(ex.max) - x(ex.min)) / columns;
  const h = (y(ey.min) - y(ey.max)) / rows;
  const [most, mostRational] = [counts, rational].map((all) => Math.max(1, ...Array.from(all)));
  const depth = (n: number, of: number) => (n * 4 > of ? 4 : n * 16 > of ? 3 : n * 64 > of ? 2 : 1);
  const kind = (cell: number) => {
    if (rational[cell] > 0) return 4 + depth(rational[cell], mostRational);
    return counts[cell] > 0 ? depth(counts[cell], most) : 0;
  };
  const paths: string[][] = Array.from({ length: 9 }, () => []);
  for (let row = 0; row < rows; row++) {
    const first = row * columns;
    for (let from = 0, c = 1; c <= columns; c++) {
      if (c < columns && kind(first + c) === kind(first + from)) continue;
      const start = `M${px(x(ex.min) + from * w)} ${px(y(ey.max) + (row + 0.5) * h)}`;
      paths[kind(first + from)].push(`${start}h${px((c - from) * w)}`);
      from = c;
    }
  }
  return paths.map((path, k) =>
    k === 0 || path.length === 0
      ? null
      : html`<path class="${k > 4 ? `zone z${k - 4}` : `dense d${k}`}" stroke-width="${px(h)}" d="${path.join('')}"/>`,
  );
}

function disagreement([rx, ry]: readonly (number | null)[], x: Scale, y: Scale): Piece {
  const inX = rx !== null && rx >= x.domain[0] && rx <= x.domain[1];
  const inY = ry !== null && ry >= y.domain[0] && ry <= y.domain[1];
  return [
    inX ? html`<path class="reserve" d="M${px(x(rx))} ${px(y.range[0])}V${px(y.range[1])}"/>` : null,
    inY ? html`<path class="reserve" d="M${px(x.range[0])} ${px(y(ry))}H${px(x.range[1])}"/>` : null,
    inX && inY ? html`<path class="disagree" d="${cross(x(rx), y(ry), 6)}"/>` : null,
  ];
}

/** Points of the frontier, one per spot; with two parties a staircase joins them. */
function frontier(space: SpacePicture, i: number, j: number, x: Scale, y: Scale): Piece {
  const spots = new Map<string, [number, number]>();
  for (const u of space.frontier) {
    const at: [number, number] = [Math.round(x(u[i]) / 2) * 2, Math.round(y(u[j]) / 2) * 2];
    if (!spots.has(at.join())) spots.set(at.join(), at);
  }
  const exact = space.frontier.map((u): [number, number] => [x(u[i]), y(u[j])]);
  const line =
    space.parties.length === 2 && exact.length > 1 && exact.length < 3000
      ? html`<path class="frontier" d="${polyline(exact.toSorted(([a], [b]) => a - b).flatMap(([a, b], k, all) => (k === 0 ? [[a, b] as const] : [[a, all[k - 1][1]] as const, [a, b] as const])))}"/>`
      : null;
  return [
    line,
    html`<path class="frontier-points" d="${[...spots.values()].map(([a, b]) => `M${px(a)} ${px(b)}h0`).join('')}"/>`,
  ];
}

/** Each party's offers in their order: a thin line through the places it held, its shape at each. */
function traces(
  { offers }: Talks,
  { parties }: SpacePicture,
  pair: readonly [number, number],
  x: Scale,
  y: Scale,
): Piece {
  return Array.from({ length: parties.length + 1 }, (_, k) => k - 1).map((by) => {
    const points: [number, number][] = [];
    for (const { utilities } of offers.filter((offer) => offer.by === by)) {
      const at: [number, number] = [x(utilities[pair[0]]), y(utilities[pair[1]])];
      const last = points.at(-1);
      if (last === undefined || px(last[0]) !== px(at[0]) || px(last[1]) !== px(at[1])) points.push(at);
    }
    if (points.length === 0) return null;
    const seat = by < 0 ? 5 : parties[by].seat;
    const faint = by >= 0 && !pair.includes(by) ? ' faint' : '';
    const [first] = points;
    return html`<g class="${seatClass(seat)}${faint}"><path class="trace" d="${polyline(points)}"/><path class="fill" d="${points.map(([a, b]) => shapeAt(seat, a, b, 3.6)).join('')}"/><path class="ring" d="${shapeAt(0, first[0], first[1], 7.5)}"/></g>`;
  });
}

/** Solutions by letter and the agreement as a star; what falls together shares one label. */
function landmarks(
  space: SpacePicture,
  i: number,
  j: number,
  agreement: readonly number[] | null,
  x: Scale,
  y: Scale,
  labelled: boolean,
): Piece {
  const places: { x: number; y: number; names: string[]; agreed: boolean }[] = [];
  const put = (u: readonly number[], name: string, agreed: boolean) => {
    const at = { x: x(u[i]), y: y(u[j]) };
    const near = places.find((place) => Math.abs(place.x - at.x) < NEAR && Math.abs(place.y - at.y) < NEAR);
    if (near === undefined) places.push({ ...at, names: [name], agreed });
    else {
      if (!near.names.includes(name)) near.names.push(name);
      near.agreed ||= agreed;
    }
  };
  if (agreement !== null) put(agreement, 'agreement', true);
  for (const { letter, points } of space.solutions)
    for (const { utilities } of points.slice(0, 12)) put(utilities, letter, false);
  const taken: { x: number; y: number; width: number }[] = [];
  return places.map((place) => [
    place.agreed ? html`<path class="agreed" d="${star(place.x, place.y, 11)}"/>` : null,
    place.names.length > (place.agreed ? 1 : 0)
      ? html`<circle class="solution" cx="${px(place.x)}" cy="${px(place.y)}" r="${place.agreed ? 14 : 8}"/>`
      : null,
    labelled ? label(place) : null,
  ]);

  /** The first of four places around a mark where its label covers no other and stays in the picture; failing that, as near as the picture's edge lets it. */
  function label({ x: at, y: height, names, agreed }: (typeof places)[number]): Piece {
    const text = names.join(' · ');
    const width = widthOf(text);
    const rise = agreed ? 19 : -8;
    const tries = [rise, agreed ? -10 : 18].flatMap((dy) =>
      [at + 17, at - 17 - width].map((left) => ({ x: left, y: height + dy, width })),
    );
    const free = tries.find(
      (box) =>
        box.x + width < x.range[1] + 4 &&
        box.x > x.range[0] &&
        taken.every(
          (other) => Math.abs(other.y - box.y) > 14 || other.x > box.x + width || other.x + other.width < box.x,
        ),
    );
    const box = free ?? { ...tries[0], x: Math.max(x.range[0], Math.min(tries[0].x, x.range[1] + 4 - width)) };
    taken.push(box);
    return say(box.x, box.y, text, 'halo strong');
  }
}

function legend(
  space: SpacePicture,
  pair: readonly [number, number],
  talks: Talks | undefined,
): { rows: Piece; bottom: number } {
  const x = RIGHT + 40;
  let y = TOP + 14;
  const rows: Piece[] = [];
  const row = (mark: (y: number) => Piece, text: string, kind = '') => {
    rows.push(mark(y - 4), say(x + 30, y, text, kind));
    y += 25;
  };
  if (talks) {
    for (const [k, { label, seat }] of space.parties.entries()) {
      const faint = pair.includes(k) ? '' : ' faint';
      row(
        (at) =>
          html`<g class="${seatClass(seat)}${faint}"><path class="trace" d="M${x} ${at}h20"/><path class="fill" d="${shapeAt(seat, x + 10, at, 4.5)}"/></g>`,
        `offers of ${clip(label, 26)}`,
      );
    }
    row((at) => html`<circle class="ring ink" cx="${x + 10}" cy="${at}" r="7"/>`, 'where a party began');
    if (talks.agreement) row((at) => html`<path class="agreed" d="${star(x + 10, at, 9)}"/>`, 'agreement');
    y += 10;
  }
  if (space.dots === null) {
    row(
      (at) =>
        html`<path class="dense d2" stroke-width="14" d="M${x} ${at}h10"/><path class="dense d4" stroke-width="14" d="M${x + 10} ${at}h10"/>`,
      'outcomes, darker where more',
    );
    row(
      (at) =>
        html`<path class="zone z2" stroke-width="14" d="M${x} ${at}h10"/><path class="zone z4" stroke-width="14" d="M${x + 10} ${at}h10"/>`,
      'acceptable to all parties',
    );
  } else {
    row(
      (at) => html`<path class="dense dots d4" stroke-width="6" d="M${x + 4} ${at}h0M${x + 16} ${at}h0"/>`,
      'outcomes',
    );
    row(
      (at) => html`<path class="zone dots z3" stroke-width="8.5" d="M${x + 4} ${at}h0M${x + 16} ${at}h0"/>`,
      'acceptable to all parties',
    );
  }
  row(
    (at) => html`<path class="frontier-points" d="M${x + 2} ${at + 4}h0M${x + 10} ${at}h0M${x + 18} ${at - 5}h0"/>`,
    'Pareto frontier of those',
  );
  if (pair.some((seat) => space.reservation[seat] !== null))
    row(
      (at) => html`<path class="reserve" d="M${x} ${at}h20"/><path class="disagree" d="${cross(x + 10, at, 5)}"/>`,
      'without a deal',
    );
  y += 10;
  for (const { letter, name, points } of space.solutions) {
    row(
      (at) => [
        html`<circle class="solution" cx="${x + 10}" cy="${at}" r="9"/>`,
        say(x + 10, at + 4, letter, 'small strong', 'middle'),
      ],
      `${name}${points.length === 0 ? ': none' : ''}`,
    );
  }
  return { rows, bottom: y - 14 };
}
