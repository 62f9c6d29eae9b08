/**
 * Text that is markup already. Everything else that `html` is given is text from somewhere (a scenario's label, a number) and gets escaped, so that escaping is
 * the rule and never a call somebody forgot.
 */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type Piece = string | number | boolean | null | undefined | Markup | readonly Piece[];

/**
 * Markup from a template: strings and numbers are escaped, markup is kept, lists are joined, and null, undefined and false vanish. Attributes must be quoted.
 *
 * @example
 * html`<td title="${label}">${figure}</td>`
 */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let text = parts[0];
  for (const [i, piece] of pieces.entries()) text += markupOf(piece) + parts[i + 1];
  return new Markup(text);
}

/** Text as it may stand in an element or in a quoted attribute. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, (found) => ESCAPES[found] ?? '�').replace(BIDI, '�');
}

/** Plain data for a `<script type="application/json">`: no text in it can end the element. */
export function jsonBlock(id: string, data: unknown): Markup {
  const text = JSON.stringify(data).replace(
    /[<>&\u2028-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return new Markup(`<script type="application/json" id="${escapeText(id)}">${text}</script>`);
}

function markupOf(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false || piece === true) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'string') return escapeText(piece);
  if (typeof piece === 'number') return String(piece);
  return piece.map(markupOf).join('');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSAFE = /[&<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
/** Characters that turn the direction of what follows: a label could make its neighbours read backwards. */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
