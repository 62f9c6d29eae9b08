/** Shortens a text to `most` characters: it loses its middle, since names that are long tend to differ at their ends. */
export function clip(text: string, most: number): string {
  const all = [...text];
  if (all.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  const start = most - 1 - end;
  return `${all.slice(0, start).join('').trimEnd()}…${end > 0 ? all.slice(-end).join('').trimStart() : ''}`;
}

/**
 * A text in lines of at most `most` characters, broken after spaces and the marks that join the parts of a name.
 *
 * @example
 * wrapped('parties.ash.terms.harbour', 14) // ['parties.ash.', 'terms.harbour']
 */
export function wrapped(text: string, most: number, lines = 2): string[] {
  const whole = broken(text, most, lines);
  if (whole !== null) return whole;
  const cut = [...clip(text, most * lines)];
  return Array.from({ length: Math.ceil(cut.length / most) }, (_, k) => cut.slice(k * most, (k + 1) * most).join(''));
}

/** A text in lines without a cut or a break within a word; null where it does not fit. */
export function broken(text: string, most: number, lines = 2): string[] | null {
  const filled = [''];
  for (const piece of text.match(PIECES) ?? []) {
    if ((filled[filled.length - 1] + piece).trimEnd().length <= most) filled[filled.length - 1] += piece;
    else filled.push(piece);
  }
  const soft = filled.map((line) => line.trim()).filter((line) => line !== '');
  return soft.length <= lines && soft.every((line) => line.length <= most) ? soft : null;
}

const PIECES = /[^ ,.·/=_-]*[ ,.·/=_-]+|[^ ,.·/=_-]+/g;

/**
 * Names of cases that stand under each other, without what all of them share: the only file, the folder of all files, the start of all paths.
 *
 * @example
 * // of a.yaml alone, where market.price was varied
 * caseNames(cases, ['a.yaml']) // ['price=5', 'price=6']
 */
export function caseNames(
  cases: readonly { readonly scenario: number; readonly set: readonly string[]; readonly label: string }[],
  files: readonly string[],
): string[] {
  const folder = sharedStart(files, '/');
  const start = sharedStart(
    cases.flatMap(({ set }) => set.map((one) => one.slice(0, one.indexOf('=')))),
    '.',
  );
  return cases.map(({ scenario, set, label }) => {
    const file = files.length > 1 ? [files[scenario].slice(folder)] : [];
    return [...file, ...set.map((one) => one.slice(start))].join(', ') || label;
  });
}

/** With how many characters all names begin, up to a separator; the last part of each is its own. */
function sharedStart(names: readonly string[], separator: string): number {
  const all = names.map((name) => name.split(separator));
  const [first = []] = all;
  let deep = 0;
  while (all.length > 0 && all.every((parts) => deep < parts.length - 1 && parts[deep] === first[deep])) deep++;
  return first.slice(0, deep).reduce((sum, part) => sum + part.length + separator.length, 0);
}
