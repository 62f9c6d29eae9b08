import { html, type Markup, type Piece } from '../html.ts';
import { clip, wrapped } from '../labels.ts';
import { seatClass } from '../marks.ts';
import { count, figureText, words } from '../numbers.ts';
import { drawing, px, say, stack, widthOf } from '../svg.ts';
import { columnHeads } from './heads.ts';

/** Who would leave which profile for which. Profiles are numbered with the last player's strategy varying fastest. */
export interface Deviations {
  readonly players: readonly { readonly label: string; readonly strategies: readonly string[] }[];
  readonly arrows: readonly {
    readonly player: number;
    readonly from: number;
    readonly to: number;
    readonly gain: number;
  }[];
  readonly sinks: readonly number[];
  readonly cycles: readonly (readonly number[])[];
  /** Share of time per profile under alpha-rank; null where it is unknown. */
  readonly weight: readonly (number | null)[];
  readonly names: readonly string[];
}

/** Beyond this many profiles the arrows would hide each other. */
export const DRAWABLE = 144;

/** Beyond this many arrows only the one of the player who gains most is drawn at each profile. */
const MOST_ARROWS = 60;

/** The arrows that are drawn: all, or one a profile where all would hide each other. */
export function drawnArrows({ arrows }: Pick<Deviations, 'arrows'>): Deviations['arrows'] {
  if (arrows.length <= MOST_ARROWS) return arrows;
  const most = new Map<number, number>();
  for (const { from, gain } of arrows) most.set(from, Math.max(gain, most.get(from) ?? 0));
  return arrows.filter(({ from, gain }) => gain === most.get(from));
}

const ROW = 84;

/**
 * Profiles on a grid (the first player's strategies down, everybody else's across) with an arrow for every best reply that gains. A double ring marks a profile
 * that nobody leaves, a dashed ring one in a circle; the longer play stays, the larger the dot.
 */
export function deviationsChart(id: string, graph: Deviations): Markup {
  const [first, ...others] = graph.players;
  const across = others.reduce((n, { strategies }) => n * strategies.length, 1);
  const names = first.strategies.map((name) => wrapped(words(name), 24));
  const left = 34 + Math.max(60, ...names.flat().map((line) => widthOf(line)));
  const column = Math.max(46, Math.min(150, (1000 - left - 20) / across));
  const combinations = Array.from({ length: across }, (_, c) => combination(others, c));
  const heads = columnHeads(combinations, left, column, others.map(({ label }) => label).join(' · '), first.label);
  const top = heads.height;
  const at = (profile: number): readonly [number, number] => [
    left + ((profile % across) + 0.5) * column,
    top + (Math.floor(profile / across) + 0.5) * ROW,
  ];
  const bottom = top + first.strategies.length * ROW;
  const right = left + across * column;
  const circling = new Set(graph.cycles.flat());
  const bend = Math.min(0.07, (ROW * 0.8) / (right - left), (column * 0.8) / (bottom - top));
  const radius = (profile: number) => 6 + 9 * Math.sqrt(graph.weight[profile] ?? 0);
  return drawing(
    {
      id,
      width: Math.max(1000, right + 10, right + heads.beyond),
      height: bottom + 60,
      title: 'Deviation graph',
      summary: `${count(graph.arrows.length, 'best reply', 'best replies')} that gain; ${count(graph.sinks.length, 'profile')} left by nobody; ${count(graph.cycles.length, 'set')} of profiles in a circle.`,
    },
    heads.drawn,
    names.map((lines, r) => stack(left - 12, top + (r + 0.5) * ROW, lines, '', 'end')),
    drawnArrows(graph).map(({ player, from, to, gain }) => {
      const title = html`<title>${graph.players[player].label}: ${graph.names[from]} → ${graph.names[to]}, gains ${figureText(gain, 3)}</title>`;
      return html`<path class="arrow ${seatClass(player)}" d="${arrow(at(from), at(to), radius(from) + 3, radius(to) + 5, bend)}">${title}</path>`;
    }),
    graph.names.map((name, profile) => {
      const [x, y] = at(profile);
      const sink = graph.sinks.includes(profile);
      const kind = sink ? 'sink' : circling.has(profile) ? 'circling' : 'passing';
      const ring =
        sink || circling.has(profile)
          ? html`<circle class="${kind}-ring" cx="${px(x)}" cy="${px(y)}" r="${px(radius(profile) + 4)}"/>`
          : null;
      return html`<g><title>${name}${graph.weight[profile] ? `, ${figureText(100 * (graph.weight[profile] ?? 0), 1)} % of the time` : ''}</title>${ring}<circle class="node ${kind}" cx="${px(x)}" cy="${px(y)}" r="${px(radius(profile))}"/></g>`;
    }),
    key(graph, left, bottom + 34),
  );
}

/** Bowed, so that longer ways pass outside the shorter ones and stay within their row or column; a head at the end. */
function arrow(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  leave: number,
  stop: number,
  bend: number,
): string {
  const along = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1)) || 1;
  const [ux, uy] = [(x2 - x1) / along, (y2 - y1) / along];
  const bow = 5 + along * bend;
  const [mx, my] = [(x1 + x2) / 2 - uy * bow, (y1 + y2) / 2 + ux * bow];
  const toward = Math.sqrt((x2 - mx) * (x2 - mx) + (y2 - my) * (y2 - my)) || 1;
  const [vx, vy] = [(x2 - mx) / toward, (y2 - my) / toward];
  const [ex, ey] = [x2 - vx * stop, y2 - vy * stop];
  const start = [x1 + ux * leave, y1 + uy * leave];
  const head = `M${px(ex)} ${px(ey)}L${px(ex - vx * 8 - vy * 3.6)} ${px(ey - vy * 8 + vx * 3.6)}M${px(ex)} ${px(ey)}L${px(ex - vx * 8 + vy * 3.6)} ${px(ey - vy * 8 - vx * 3.6)}`;
  return `M${px(start[0])} ${px(start[1])}Q${px(mx)} ${px(my)} ${px(ex)} ${px(ey)}${head}`;
}

function combination(players: Deviations['players'], index: number): string {
  let rest = index;
  const names: string[] = [];
  for (const { strategies } of players.toReversed()) {
    names.unshift(words(strategies[rest % strategies.length]));
    rest = Math.floor(rest / strategies.length);
  }
  return names.join(' · ');
}

function key(graph: Deviations, left: number, y: number): Piece {
  let x = left;
  const item = (mark: (x: number) => Piece, text: string) => {
    const at = x;
    x += 34 + widthOf(text) + 22;
    return [mark(at), say(at + 32, y + 4, text)];
  };
  return [
    graph.players
      .slice(0, 4)
      .map(({ label }, seat) =>
        item(
          (at) => html`<path class="arrow ${seatClass(seat)}" d="M${px(at)} ${y}h22m0 0l-7 -4m7 4l-7 4"/>`,
          `${clip(label, 24)} changes`,
        ),
      ),
    item(
      (at) =>
        html`<circle class="sink-ring" cx="${px(at + 12)}" cy="${y}" r="9"/><circle class="node sink" cx="${px(at + 12)}" cy="${y}" r="5"/>`,
      'nobody leaves',
    ),
    item(
      (at) =>
        html`<circle class="circling-ring" cx="${px(at + 12)}" cy="${y}" r="9"/><circle class="node circling" cx="${px(at + 12)}" cy="${y}" r="5"/>`,
      'in a circle',
    ),
  ];
}
