import type { Entry } from '../scenario/inventory.ts';
import type { TornadoBar, TornadoEnd, ZoneReport } from './report.ts';
import type { Looked } from './workers.ts';

/** A figure, or a block of figures that is swept as one, with the overrides that bring it to either end of its plausible span. */
export interface Swing {
  readonly path: string;
  readonly value: number;
  readonly standing: Entry['standing'];
  readonly text: string | null;
  readonly ends: readonly { readonly at: number; readonly set: readonly string[] }[];
}

/**
 * What a tornado moves: every figure with a range of its own, and every block that states the multiples it may plausibly be of (`times`), whose figures move
 * together. Figures without a span are left alone: nobody said how far they might be off.
 */
export function swings(entries: readonly Entry[], match = ''): Swing[] {
  const out: Swing[] = [];
  let block: Entry[] = [];
  const close = () => {
    if (block.length > 0) out.push(blockSwing(block));
    block = [];
  };
  for (const entry of entries) {
    const { path, value, standing, text, range, times } = entry;
    if (PLACE.test(path)) continue;
    if (times !== undefined && range !== undefined) {
      if (block.length > 0 && !together(block[0], entry)) close();
      block.push(entry);
      continue;
    }
    close();
    if (range === undefined || range[0] === range[1]) continue;
    const ends = range.map((at) => ({ at, set: [`${path}=${at}`] }));
    out.push({ path, value, standing, text: text ?? null, ends });
  }
  close();
  return out.filter(({ path, ends }) => path.includes(match) && ends.every(({ set }) => set.length > 0));
}

/** Where a point of a curve stands on the scale is no figure that could be off; how much it is worth there is. */
const PLACE = /\.points\.\d+\.0$/;

/** Bars in order of swing, widest first; what was refused comes last. */
export function tornado(base: ZoneReport, moved: readonly Swing[], looked: readonly Looked[]): TornadoBar[] {
  const bars = moved.map(({ path, value, standing, text, ends }, i): TornadoBar => {
    const [low, high] = ends.map(({ at }, e) => endOf(at, looked[2 * i + e]));
    const gains = [low.jointGain, base.joint.gain, high.jointGain].filter((gain) => gain !== null);
    const swing = gains.length === 3 ? Math.max(...gains) - Math.min(...gains) : null;
    return { path, value, standing, text, low, high, swing };
  });
  return bars.sort((a, b) => (b.swing ?? -1) - (a.swing ?? -1) || (a.path < b.path ? -1 : 1));
}

function endOf(at: number, looked: Looked | undefined): TornadoEnd {
  if (looked === undefined) return { at, jointGain: null, rational: null, slack: null, refused: 'not reached' };
  if ('refused' in looked)
    return { at, jointGain: null, rational: null, slack: null, refused: firstLine(looked.refused) };
  const { joint, rational, slack } = looked.facts.zone;
  return { at, jointGain: joint.gain, rational, slack, refused: null };
}

/** A refusal's own sentence, without its excerpt of the file. */
const firstLine = (message: string): string => message.split('\n').slice(0, 2).join(' ').slice(0, 300);

/** Neighbours that one `times` covers: the same words for them, and a common block. */
const together = (a: Entry, b: Entry): boolean =>
  a.text === b.text && a.times?.join() === b.times?.join() && blockOf(a.path) === blockOf(b.path);

/** The block that a `times` stands in: a term of a party, a flow of a venture term, or whatever holds the figure. */
function blockOf(path: string): string {
  const steps = path.split('.');
  const terms = steps.indexOf('terms');
  const flows = steps.indexOf('flows');
  if (flows >= 0) return steps.slice(0, flows + 2).join('.');
  if (terms >= 0) return steps.slice(0, terms + 2).join('.');
  return steps.slice(0, -1).join('.');
}

function blockSwing(block: readonly Entry[]): Swing {
  const { path, standing, text, times = [1, 1] } = block[0];
  const ends = times.map((at) => ({
    at,
    set: block.filter(({ value }) => value !== 0).map((entry) => `${entry.path}=${entry.value * at}`),
  }));
  return { path: block.length > 1 ? blockOf(path) : path, value: 1, standing, text: text ?? null, ends };
}
