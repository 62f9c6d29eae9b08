import type { Moment } from '../data/moments.ts';
import type { RunReport } from '../data/run.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { clip } from '../labels.ts';
import { count, figureText } from '../numbers.ts';

/** Beyond this many lines the record tells only where something changed. */
const MOST = 1600;

/**
 * The record as a table, one line a move with its address (`#r7.2`), what it was worth to everybody and why it was made.
 */
export function recordOf(report: RunReport): Markup {
  const { moments, parties } = report;
  const told = moments.length > MOST ? moments.filter(changes) : moments;
  const most = moments.reduce((n, { turn }) => Math.max(n, turn), 1);
  const seen = new Set<string>();
  const whys = new Map<number, string>();
  const rows = told.map((moment) => {
    const turn = `r${moment.round}.${moment.turn}`;
    const id = seen.has(turn) ? `${turn}.${moment.micro}` : turn;
    seen.add(id);
    return line(moment, id);
  });
  return html`<p>${count(report.settlement.rounds, 'round')}, ${count(moments.length, 'line')}${told.length < moments.length ? ` of which ${told.length} are told; in the others nothing changed (a trace has all)` : ''}. A figure in bold reaches the party’s reservation value. Every line has an address, such as <a href="#${[...seen][0] ?? 'record'}"><code>#${[...seen][0] ?? ''}</code></a>.</p>
<div class="scroll record" tabindex="0" role="region" aria-label="The record"><table data-turns="${most}"><caption>What happened, what it was worth to everybody, and why</caption><thead><tr><th scope="col">moment</th><th scope="col">who</th><th scope="col">what</th>${parties.map(({ label }) => html`<th scope="col">${clip(label, 18)}</th>`)}</tr></thead><tbody>
${rows}</tbody></table></div>`;

  function line({ round, turn, by, kind, text, says, why, utilities, finally: end }: Moment, id: string): Piece {
    const aside = kind === 'stance' || kind === 'event' ? html` class="aside"` : null;
    const fresh = why !== null && whys.get(by) !== why ? why : null;
    if (fresh !== null) whys.set(by, fresh);
    // what it is worth at the end is said only where events have changed what it is worth
    const later = end?.some((u, seat) => u !== utilities?.[seat])
      ? html` data-u="${end.map((u) => Number(u.toFixed(3))).join(' ')}"`
      : null;
    return html`<tr id="${id}"${later}${aside}><td><a href="#${id}">${id}</a><td${by < 0 ? null : html` class="m${by % 6}"`}>${by < 0 ? null : clip(parties[by].label, 24)}<td>${text}${says === null ? null : html` <span class="says">“${says}”</span>`}${fresh === null ? null : html`<span class="why">${fresh}</span>`}${utilities === null ? html`<td colspan="${parties.length}">` : utilities.map((u, seat) => html`<td${u >= reservationAt(seat, round + (turn - 1) / most) ? html` class="r"` : null}>${figureText(u, 3)}`)}
`;
  }

  function reservationAt(seat: number, at: number): number {
    const step = report.curves.reservations[seat].findLast((one) => one.at <= at + 1e-9);
    return step?.utility ?? Number.NEGATIVE_INFINITY;
  }
}

/** The bar that walks the record and moves the cursors in the drawings; the page's script brings it to life. */
export const stepper = (): Markup =>
  html`<div class="stepper needs-script" role="group" aria-label="Step through the record"><button type="button" aria-label="First step">«</button><button type="button" aria-label="One step back">‹</button><input type="range" min="0" max="0" value="0" step="1" aria-label="Step of the record"><button type="button" aria-label="One step on">›</button><button type="button" aria-label="Last step">»</button><output></output></div>
`;

const changes = ({ kind, text, says }: Moment): boolean =>
  kind !== 'offer' || says !== null || !text.endsWith('the same again');
