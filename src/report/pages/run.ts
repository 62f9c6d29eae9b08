import { concessionChart } from '../charts/concession.ts';
import type { Talks } from '../charts/utility_space.ts';
import { type Fall, fallSteps, waterfallChart } from '../charts/waterfall.ts';
import type { Curves } from '../data/curves.ts';
import type { PartyCard, RunReport } from '../data/run.ts';
import { choice, dataTable, exact, figure } from '../figure.ts';
import { html, jsonBlock, type Markup, type Piece } from '../html.ts';
import { badge } from '../marks.ts';
import { count, digitsTogether, figureText, signed, words } from '../numbers.ts';
import { document } from '../shell.ts';
import { doubts, foot, groundsOf, provenanceOf, spaceFigures, zoneSentence } from './parts.ts';
import { recordOf, stepper } from './record.ts';

/** The page of one negotiation. */
export function runPage(report: RunReport): string {
  const { scenario, settlement, space, curves, version, seed, hash, parties } = report;
  const provenance = `${provenanceOf(version, [hash], seed)}${report.repetition > 0 ? ` · repetition ${report.repetition}` : ''}`;
  const falls = settlement.parties.map((_, seat) => fallOf(report, seat));
  return document({
    title: scenario.title,
    kind: 'A negotiation, played once',
    verdict: verdict(report),
    meta: metaOf(report),
    sections: [
      { id: 'outcome', title: 'What came of it', content: outcome(report) },
      {
        id: 'space',
        title: 'What was possible',
        content: html`<p>${zoneSentence(space)} ${distances(report)}</p>${spaceFigures(space, provenance, talksOf(report))}${doubts(space.warnings)}`,
      },
      {
        id: 'talks',
        title: 'How the talks went',
        content: html`${figure({
          id: 'concession',
          title: 'Concession curves',
          lead: 'One panel a party, in its own utility: what it offered, what the others offered it, what it aimed at, and where its stance stood.',
          chart: concessionChart('concession-svg', parties, curves),
          table: html`${curveTable(report)}${stanceTable(report)}`,
          tableTitle: 'Own offers and stances, round by round',
          provenance,
        })}${eventList(curves)}`,
      },
      {
        id: 'values',
        title: 'Where each value comes from',
        content:
          settlement.agreement === null
            ? null
            : choice(
                'fall',
                'Party',
                falls.map((fall, seat) => ({
                  label: fall.label,
                  content: fallFigure(fall, parties[seat].id, provenance),
                })),
              ),
      },
      { id: 'record', title: 'The record, step by step', content: recordOf(report) },
      {
        id: 'again',
        title: 'Play it again',
        content: html`<p>The same version, scenario and seed give the same talks to the last byte:</p><pre tabindex="0"><code>${report.command}</code></pre><p class="needs-script"><button type="button" data-save="scenario" data-name="${scenario.id}.json">Save the scenario of this page</button> as it was negotiated; it is a scenario file itself (<code>hashpact run ${scenario.id}.json --seed ${seed}</code>).</p>${groundsOf(scenario)}${jsonBlock('scenario', report.resolved)}`,
      },
    ],
    dock: stepper(),
    foot: foot(version, [hash], html`Seed ${seed}.`),
  });
}

function verdict({ settlement, scenario }: RunReport): Piece {
  const { end, rounds, paretoOptimal } = settlement;
  const of = `round ${rounds} of ${scenario.rounds}`;
  if (end === 'agreement')
    return html`<span class="yes">Agreement</span> in ${of}. ${paretoOptimal ? 'Nobody could do better without somebody doing worse.' : 'Somebody could have had more with nobody worse off.'}`;
  if (end === 'timedout')
    return html`<span class="no">No agreement</span>: the deadline passed after ${count(rounds, 'round')}.`;
  return html`<span class="no">No agreement</span>: the talks broke down in ${of}.`;
}

function metaOf({ scenario, seed }: RunReport): Piece {
  const parts = [
    scenario.asOf ? `facts as of ${scenario.asOf}` : '',
    `a round is one ${scenario.roundIs}`,
    scenario.rule,
    `values in ${scenario.unit}`,
    `seed ${seed}`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function outcome({ settlement, parties, issues, scenario, verdicts }: RunReport): Markup {
  const digits = digitsTogether(settlement.parties.flatMap(({ value, reservationValue }) => [value, reservationValue]));
  const cards = settlement.parties.map(
    (p, seat) =>
      html`<div class="card"><h3>${badge(seat)}${p.label}</h3><p class="soft">${roleOf(parties[seat])}</p><p class="big"><data value="${p.value}">${figureText(p.value, digits)}</data></p><p class="soft">${scenario.unit}${p.standardError > 0 ? ` ± ${figureText(p.standardError, digits)}` : ''}</p><dl><dt>without a deal</dt><dd>${figureText(p.reservationValue, digits)}</dd><dt>gain</dt><dd>${signed(p.value - p.reservationValue, digits)}</dd><dt>utility</dt><dd>${figureText(p.utility, 3)}</dd>${p.discountedUtility === p.utility ? null : html`<dt>discounted</dt><dd>${figureText(p.discountedUtility, 3)}</dd>`}<dt>left on the table</dt><dd>${figureText(p.leftOnTableValue, digits)}</dd>${p.delayCost > 0 ? html`<dt>cost of delay</dt><dd>${figureText(p.delayCost, digits)}</dd>` : null}</dl></div>`,
  );
  return html`<div class="cards">${cards}</div>${threats(parties)}${settlement.agreement === null ? null : html`<h3>What was agreed</h3><dl class="facts">${issues.map(({ label, agreed }) => html`<dt>${label}</dt><dd>${agreed}</dd>`)}</dl>`}${
    verdicts.length === 0
      ? null
      : html`<h3>What the scenario expected</h3><ul class="plain">${verdicts.map(({ holds, why }) => html`<li>${holds ? html`<span class="yes">✓ holds</span>` : html`<span class="no">✗ fails</span>`} ${why}</li>`)}</ul>`
  }`;
}

function roleOf({ observer, strategy }: PartyCard): string {
  if (observer) return 'observes: takes no turn and is not asked';
  return strategy === 'own' ? 'plays a stance of its own' : `plays ${words(strategy)}`;
}

/** Whose reservation value is what a pact of the others would leave it. */
function threats(parties: readonly PartyCard[]): Piece {
  const told = parties.flatMap(({ label, threat }) =>
    threat === null
      ? []
      : [
          html`<li><strong>${label}</strong> without a deal: ${threat.text}${threat.pact === null ? null : html`<span class="why">${words(threat.pact)}</span>`}</li>`,
        ],
  );
  return told.length === 0 ? null : html`<ul class="plain">${told}</ul>`;
}

function distances({ settlement }: RunReport): Piece {
  if (settlement.end !== 'agreement') return null;
  const { paretoDistance, nashDistance } = settlement;
  return `Distance of the agreement, in utility: ${figureText(paretoDistance, 3)} to the frontier, ${figureText(nashDistance, 3)} to the Nash solution.`;
}

/** Offers and agreement where they stand in the picture: by what they are worth, to those who decide, in the world the talks ended in. */
function talksOf({ moments, curves, space, settlement }: RunReport): Talks {
  const seats = space.parties.map(({ seat }) => seat);
  const toDeciding = (bySeat: readonly number[]) => seats.map((seat) => bySeat[seat]);
  const offered = moments.filter(({ kind }) => kind === 'offer' || kind === 'text');
  const offers = curves.offers.map((offer, i) => ({
    ...offer,
    by: seats.indexOf(offer.by),
    utilities: toDeciding(offered[i].finally ?? offer.utilities),
  }));
  const agreement = settlement.parties.map(({ utility }) => utility);
  return { offers, agreement: settlement.agreement === null ? null : toDeciding(agreement) };
}

function fallOf({ settlement, scenario }: RunReport, seat: number): Fall {
  const { label, waterfall, value, standardError, reservationValue, delayCost } = settlement.parties[seat];
  return {
    label,
    unit: scenario.unit,
    bars: waterfall.map(({ bar, amount }) => ({ label: bar.label, amount })),
    value,
    standardError,
    reservation: Number.isFinite(reservationValue) ? reservationValue : null,
    delayCost,
  };
}

function fallFigure(fall: Fall, id: string, provenance: string): Markup {
  const steps = fallSteps(fall);
  const digits = digitsTogether(steps.flatMap(({ from, to, amount }) => [from, to, amount]));
  const nothing = fall.bars.filter(({ amount }) => amount === 0).map(({ label }) => label);
  return figure({
    id: `fall-${id}`,
    title: `${fall.label}: ${figureText(fall.value, digits)} ${fall.unit}`,
    lead: html`Each bar starts where the one before ended; together they are the value, to the last digit.${nothing.length > 0 ? ` Worth nothing here: ${nothing.join(', ')}.` : ''}`,
    chart: waterfallChart(`fall-${id}-svg`, fall),
    table: dataTable(
      `Terms of the value, in ${fall.unit}`,
      [{ title: 'term' }, { title: 'amount', figure: true }, { title: 'running total', figure: true }],
      steps.map(({ label, amount, to, kind }) => [
        label,
        exact(amount, kind === 'bar' ? signed(amount, digits) : figureText(amount, digits)),
        exact(to, figureText(to, digits)),
      ]),
    ),
    provenance,
  });
}

function curveTable({ parties, curves }: RunReport): Markup {
  const rounds = new Map<number, (readonly number[] | undefined)[]>();
  for (const { at, by, utilities } of curves.offers) {
    if (by < 0) continue;
    const round = Math.floor(at + 1e-9);
    const row = rounds.get(round) ?? parties.map(() => undefined);
    row[by] = utilities;
    rounds.set(round, row);
  }
  const columns = [{ title: 'round' }, ...parties.map(({ label }) => ({ title: label, figure: true }))];
  const rows = [...rounds].map(([round, row]) => [round, ...row.map((u, seat) => (u ? figureText(u[seat], 3) : '–'))]);
  return dataTable(
    'Utility of each party’s own last offer of the round, to itself; what every offer was worth to everybody stands in the record',
    columns,
    rows,
  );
}

function stanceTable({ parties, curves }: RunReport): Markup {
  const rows = curves.bands.flatMap((bands, seat) =>
    bands.map(({ from, to, stance }) => [
      parties[seat].label,
      words(stance),
      figureText(Math.floor(from + 1e-9), 0),
      figureText(Math.max(1, Math.ceil(to - 1e-9) - 1), 0),
    ]),
  );
  return dataTable(
    'Where each stance stood',
    [
      { title: 'party' },
      { title: 'stance' },
      { title: 'from round', figure: true },
      { title: 'to round', figure: true },
    ],
    rows,
  );
}

function eventList({ events }: Curves): Piece {
  if (events.length === 0) return null;
  return html`<h3>Events</h3><ol class="events">${events.map(({ round, label, effects }) => html`<li>${label} <a href="#r${Math.max(1, round)}.1">round ${Math.max(1, round)}</a>${effects.length > 0 ? html`<span class="why">${effects.join('; ')}</span>` : null}</li>`)}</ol>`;
}
