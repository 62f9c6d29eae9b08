import type { SweepPoint, SweepReport } from '../../comparison/report.ts';
import { whyNone } from '../../comparison/thresholds.ts';
import { heatMapChart } from '../charts/heat_map.ts';
import { type LinePanel, sweepChart } from '../charts/lines.ts';
import { tornadoChart } from '../charts/tornado.ts';
import { choice, dataTable, exact, figure, type Panel } from '../figure.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { count, figureText, percent, precise, words } from '../numbers.ts';
import { document } from '../shell.ts';
import { shareWithInterval, withInterval } from './estimates.ts';
import { doubts, foot, provenanceOf } from './parts.ts';

const MOST_LINES = 400;
const MOST_BARS = 40;

/** The page of a sweep: how the outcome moves with what was assumed. */
export function sweepPage(report: SweepReport): string {
  const { scenarios, version, seed, parameters, points, tornado } = report;
  const hashes = scenarios.map(({ hash }) => hash);
  const provenance = provenanceOf(version, hashes, seed);
  const talks = points.some((point) => point.talks !== null);
  return document({
    title: scenarios.map(({ title }) => title).join(', '),
    kind: 'How it depends on what was assumed',
    verdict: verdict(report),
    meta: [
      parameters.map(({ path, values }) => `${path}: ${values.length} values`).join(', '),
      talks ? `${count(report.repetitions, 'repetition')} a point` : '',
      `values in ${report.unit}`,
      `seed ${seed}`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
    sections: [
      {
        id: 'sweep',
        title: parameters.length === 2 ? 'Two parameters against each other' : 'Along the parameter',
        content:
          points.length === 0
            ? null
            : parameters.length === 2
              ? maps(report, provenance)
              : parameters.length === 1
                ? lines(report, provenance)
                : null,
      },
      { id: 'thresholds', title: 'Where the zone appears or vanishes', content: thresholds(report) },
      {
        id: 'tornado',
        title: 'Which assumption matters most',
        content: tornado === null ? null : tornadoFigure(report, tornado, provenance),
      },
      { id: 'points', title: 'Every point', content: points.length === 0 ? null : pointTable(report) },
      {
        id: 'method',
        title: 'What to doubt',
        content: html`${doubts(report.warnings) ?? html`<p>No warnings.</p>`}${scenarios.map(({ file, hash, asOf }) => html`<p>${file}${asOf ? `, as of ${asOf}` : ''}: <code>${hash}</code></p>`)}`,
      },
    ],
    foot: foot(version, hashes, html`Seed ${seed}.`),
  });
}

function verdict(report: SweepReport): Piece {
  const { thresholds: found, points, tornado, base } = report;
  const [widest] = tornado ?? [];
  const zone = base.exists
    ? `As written, ${percent(base.share)} of the outcomes are acceptable to all.`
    : 'As written, there is no zone of agreement.';
  const where = found
    .slice(0, 3)
    .map(
      ({ parameter, change, value, where: at }) =>
        `it ${change} at ${parameter} ${precise(value)}${at.length > 0 ? ` (${at.join(', ')})` : ''}`,
    );
  const more = found.length > 3 ? ` and at ${found.length - 3} more places` : '';
  return html`${zone} ${where.length > 0 ? `As the parameter rises, ${where.join('; ')}${more}.` : points.length > 0 ? whyNone(report) : ''}${widest?.swing ? ` The widest swing comes from ${widest.path}: ${figureText(widest.swing)}.` : ''}`;
}

function lines(report: SweepReport, provenance: string): Markup {
  const { parameters, points, parties, payoff, unit, thresholds: found } = report;
  const [{ path, values }] = parameters;
  const panels: LinePanel[] = [
    {
      title: 'outcomes acceptable to all, share',
      include: [0],
      lines: [{ label: 'acceptable', seat: 2, points: points.map(({ zone }) => ({ estimate: zone.share })) }],
    },
    {
      title: `largest joint gain over no deal, ${unit}`,
      level: 0,
      lines: [
        {
          label: 'joint gain',
          seat: 5,
          points: points.map(({ zone }) => (zone.joint.gain === null ? null : { estimate: zone.joint.gain })),
        },
      ],
    },
    {
      title: 'slack of the worst-off party, at best',
      level: 0,
      lines: [
        {
          label: 'slack',
          seat: 3,
          points: points.map(({ zone }) => (zone.slack === null ? null : { estimate: zone.slack })),
        },
      ],
    },
  ];
  if (points.some(({ talks }) => talks !== null)) {
    panels.push({
      title: 'agreement rate',
      include: [0, 1],
      lines: [{ label: 'agreement', seat: 0, points: points.map(({ talks }) => talks && pick(talks.agreement)) }],
    });
    panels.push({
      title: `mean ${payoff.unit}`,
      lines: parties.map(({ label }, seat) => ({
        label,
        seat,
        points: points.map(({ talks }) => talks && pick(talks.payoffs[seat])),
      })),
    });
  }
  return figure({
    id: 'sweep-lines',
    title: `Along ${path}`,
    lead: 'What is possible, and how the talks come out, at each value; shaded bands are intervals. Dashed lines mark where the zone of agreement appears or vanishes.',
    chart: sweepChart('sweep-lines-svg', {
      title: `Along ${path}`,
      parameter: path,
      at: values,
      panels: panels.filter(({ lines: all }) => all.some((line) => line.points.some((p) => p !== null))),
      thresholds: found.filter(({ parameter }) => parameter === path),
    }),
    table: resultTable(report),
    provenance,
  });
}

const pick = ({ estimate, low, high }: { estimate: number; low: number; high: number }) => ({ estimate, low, high });

function maps(report: SweepReport, provenance: string): Markup {
  const { parameters, points, parties, payoff, unit } = report;
  const [down, across] = parameters;
  const results: readonly { name: string; of(point: SweepPoint): number | null; text?(x: number): string }[] = [
    { name: 'share of outcomes acceptable to all', of: ({ zone }) => zone.share, text: percent },
    { name: `largest joint gain, ${unit}`, of: ({ zone }) => zone.joint.gain },
    { name: 'slack of the worst-off party', of: ({ zone }) => zone.slack },
    ...(points.some(({ talks }) => talks !== null)
      ? [
          { name: 'agreement rate', of: ({ talks }: SweepPoint) => talks?.agreement.estimate ?? null, text: percent },
          ...parties.map(({ label }, seat) => ({
            name: `${label}: mean ${payoff.unit}`,
            of: ({ talks }: SweepPoint) => talks?.payoffs[seat].estimate ?? null,
          })),
        ]
      : []),
  ];
  const panels = results.map(({ name, of, text }, k): Panel => {
    const cells = points.map(of);
    const write = (x: number | string) => (typeof x === 'number' ? precise(x) : x);
    return {
      label: name,
      content: figure({
        id: `map-${k}`,
        title: name,
        chart: heatMapChart(`map-${k}-svg`, {
          title: name,
          measure: name,
          rows: { label: down.path, values: down.values.map(write) },
          columns: { label: across.path, values: across.values.map(write) },
          cells,
          text,
        }),
        table: dataTable(
          name,
          [
            { title: `${down.path} \\ ${across.path}` },
            ...across.values.map((value) => ({ title: write(value), figure: true })),
          ],
          down.values.map((value, r) => [
            write(value),
            ...across.values.map((_, c) => {
              const x = cells[r * across.values.length + c] ?? null;
              return exact(x, x === null ? '–' : figureText(x));
            }),
          ]),
        ),
        provenance,
      }),
    };
  });
  return choice('map', 'Result', panels);
}

function thresholds({ thresholds: found }: SweepReport): Piece {
  if (found.length === 0) return null;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Thresholds">${dataTable(
    'As the parameter rises, by bisection between two points of the sweep',
    [
      { title: 'parameter' },
      { title: 'the zone' },
      { title: 'at', figure: true },
      { title: 'to within', figure: true },
      { title: 'while' },
      { title: 'how' },
    ],
    found.map(({ parameter, change, value, low, high, where, method, warnings }) => [
      parameter,
      change,
      exact(value, precise(value)),
      exact(high - low, String(Number((high - low).toPrecision(2)))),
      where.join(', ') || '–',
      html`${method}<span class="why">${warnings.join('; ')}</span>`,
    ]),
  )}</div>`;
}

function tornadoFigure(
  { base, unit }: SweepReport,
  bars: NonNullable<SweepReport['tornado']>,
  provenance: string,
): Markup {
  const drawn = bars.filter(({ swing }) => swing !== null && swing > 0).slice(0, MOST_BARS);
  const still = bars.filter(({ swing }) => swing === 0).length;
  return figure({
    id: 'tornado-figure',
    title: 'Largest joint gain, one figure moved at a time',
    lead: html`Each figure is moved to either end of its stated range, everything else as written.${still > 0 ? ` ${count(still, 'figure moves', 'figures move')} nothing and ${still === 1 ? 'is' : 'are'} in the table alone.` : ''}${drawn.length === MOST_BARS ? ` The ${MOST_BARS} widest are drawn.` : ''}`,
    chart: tornadoChart(
      'tornado-svg',
      drawn.map(({ path, low, high }) => ({
        label: path,
        low: { at: low.at, result: low.jointGain },
        high: { at: high.at, result: high.jointGain },
      })),
      base.joint.gain,
      `largest joint gain over no deal, ${unit}`,
    ),
    table: dataTable(
      'Every figure with a range, widest swing first',
      [
        { title: 'figure' },
        ...['as written', 'low', 'gain at low', 'high', 'gain at high', 'swing', 'zone at low', 'zone at high'].map(
          (title) => ({ title, figure: true }),
        ),
        { title: 'rests on' },
      ],
      bars.map(({ path, value, low, high, swing, standing, text }) => [
        path,
        precise(value),
        precise(low.at),
        end(low.jointGain, low.refused),
        precise(high.at),
        end(high.jointGain, high.refused),
        exact(swing, figureText(swing)),
        figureText(low.rational, 0),
        figureText(high.rational, 0),
        `${standing}${text ? `: ${text}` : ''}`,
      ]),
    ),
    provenance,
  });
}

const end = (x: number | null, refused: string | null): Piece =>
  x === null ? (refused ?? '–') : exact(x, figureText(x));

function resultTable(report: SweepReport): Markup {
  const { parameters, points, parties, unit, payoff } = report;
  const talks = points.some((point) => point.talks !== null);
  const shown = points.slice(0, MOST_LINES);
  const columns = [
    ...parameters.map(({ path }) => ({ title: path })),
    ...[
      'acceptable',
      'share',
      `joint gain (${unit})`,
      'slack',
      ...(talks ? ['agreement', 'n', 'rounds', ...parties.map(({ label }) => `${label} (mean ${payoff.unit})`)] : []),
    ].map((title) => ({ title, figure: true })),
  ];
  const rows = shown.map(({ at, zone, talks: one }) => [
    ...at.map((x) => (typeof x === 'number' ? exact(x, precise(x)) : x)),
    figureText(zone.rational, 0),
    percent(zone.share),
    exact(zone.joint.gain, figureText(zone.joint.gain)),
    exact(zone.slack, figureText(zone.slack)),
    ...(talks
      ? [
          one ? shareWithInterval(one.agreement) : '–',
          one ? one.negotiations : '–',
          one ? figureText(one.rounds, 1) : '–',
          ...parties.map((_, seat) => (one ? withInterval(one.payoffs[seat], one.negotiations) : '–')),
        ]
      : []),
  ]);
  return dataTable(
    `Points of the sweep${shown.length < points.length ? `; the first ${shown.length} of ${points.length}` : ''}`,
    columns,
    rows,
  );
}

/** What would be best, and what was agreed most often, at each point. */
function pointTable({ parameters, points }: SweepReport): Markup {
  const shown = points.slice(0, MOST_LINES);
  const inWords = (values: Readonly<Record<string, string | number>>) =>
    Object.entries(values)
      .map(([id, value]) => `${words(id)} ${words(String(value))}`)
      .join(', ');
  return html`<details><summary>Best and commonest outcome at each point</summary><div class="scroll" tabindex="0" role="region" aria-label="Every point">${dataTable(
    `The outcome with the largest sum of values, and the commonest agreement${shown.length < points.length ? `; the first ${shown.length} of ${points.length}` : ''}`,
    [...parameters.map(({ path }) => ({ title: path })), { title: 'largest sum' }, { title: 'commonest agreement' }],
    shown.map(({ at, zone, talks }) => [
      ...at.map((x) => (typeof x === 'number' ? precise(x) : x)),
      inWords(zone.joint.values),
      talks?.commonest ? `${inWords(talks.commonest.values)} (${percent(talks.commonest.share)})` : '–',
    ]),
  )}</div></details>`;
}
