import { createHash } from 'node:crypto';
import { html, Markup, type Piece } from './html.ts';
import { SCRIPT } from './script.ts';
import { CHART_STYLE, STYLE } from './style.ts';

export interface Page {
  readonly title: string;
  /** What kind of page it is, above the title. */
  readonly kind: string;
  /** The finding, in a sentence or two. */
  readonly verdict: Piece;
  readonly meta: Piece;
  readonly sections: readonly Section[];
  /** A bar that stays in view while the sections scroll by. */
  readonly dock?: Piece;
  /** What stands at the foot: how to make the page again. */
  readonly foot: Piece;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Piece;
}

const LOOKS = `${STYLE}${CHART_STYLE}`;

/**
 * A whole document that stands alone: nothing is loaded, and the policy in its head lets nothing be loaded. The one style sheet and the one script are named by
 * their hashes, so that markup which slipped in could neither run nor dress itself.
 */
export function document({ title, kind, verdict, meta, sections, dock, foot }: Page): string {
  const policy = `default-src 'none'; style-src '${hashOf(LOOKS)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const shown = sections.filter(({ content }) => content !== null);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title} · hashpact</title>
<style>${new Markup(LOOKS)}</style>
</head>
<body>
<a class="skip" href="#${shown[0].id}">Skip to the findings</a>
<header class="top">
<p class="eyebrow">${kind}</p>
<h1>${title}</h1>
<p class="verdict">${verdict}</p>
<p class="meta">${meta}</p>
<nav aria-label="Sections"><ul>${shown.map((section) => html`<li><a href="#${section.id}">${section.title}</a></li>`)}</ul></nav>
</header>
<main>
${shown.map(
  ({ id, title: heading, content }) => html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
${content}
</section>
`,
)}
${dock}</main>
<footer>${foot}</footer>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
