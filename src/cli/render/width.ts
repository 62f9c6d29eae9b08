/** A colour code. */
export const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** The width of a text on a terminal: colour codes take none. */
export const widthOf = (text: string): number => [...text.replace(ANSI, '')].length;

export const pad = (text: string, width: number, right = false): string => {
  const gap = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? gap + text : text + gap;
};

/** Shortens a text to a width, with an ellipsis. */
export const clip = (text: string, width: number): string =>
  widthOf(text) <= width ? text : `${[...text].slice(0, Math.max(1, width - 1)).join('')}…`;
