/** Room for a number that tells two ids apart, within the 64 characters of an id. */
const LONGEST = 56;

/**
 * Makes ids out of names, each once: lower case, accents dropped, anything else an underscore; `prefix` goes before what does not begin with a letter.
 * Ids that would collide are numbered in the order they are asked for: `tokyo`, `tokyo_2`.
 */
export function identifiers(prefix: string, taken: Iterable<string> = []): (name: string) => string {
  const used = new Set(taken);
  return (name) => {
    const plain = name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, LONGEST)
      .replace(/_+$/, '');
    const base = plain === '' ? prefix : /^[a-z]/.test(plain) ? plain : `${prefix}${plain}`;
    let id = base;
    for (let n = 2; used.has(id); n++) id = `${base}_${n}`;
    used.add(id);
    return id;
  };
}

/** A file's name without its folders. */
export const fileName = (file: string) => file.split(/[\\/]/).at(-1) || 'domain';

/** A file's name without its folders and its extension. */
export const baseName = (file: string) => fileName(file).replace(/(?<=.)\.[^.]*$/, '');
