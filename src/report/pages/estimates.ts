import type { Interval } from '../../comparison/statistics/interval.ts';
import { exact } from '../figure.ts';
import { html, type Markup } from '../html.ts';
import { figureText, percent, rangeText } from '../numbers.ts';

/** A mean in a table, over its interval and how many it is the mean of. */
export const withInterval = ({ estimate, low, high }: Interval, n: number): Markup =>
  html`${exact(estimate, figureText(estimate))}<span class="why">${[rangeText({ low, high, n }), `n ${n}`].filter((part) => part !== '').join(', ')}</span>`;

/** A rate in a table, over its interval where it has one. */
export const shareWithInterval = ({ estimate, low, high }: Interval): Markup =>
  html`${percent(estimate)}${low < high ? html`<span class="why">${percent(low)} – ${percent(high)}</span>` : null}`;
