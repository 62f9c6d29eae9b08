/** Comma-separated text with a header line into rows by column name; quotes as in RFC 4180, no line breaks inside a field. */
export const parseCsv = (text: string): Record<string, string>[] => {
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const columns = fields(header);
  return lines.map((line, i) => {
    const values = fields(line);
    if (values.length !== columns.length)
      throw new Error(`line ${i + 2} has ${values.length} fields, the header ${columns.length}`);
    return Object.fromEntries(columns.map((column, c) => [column, values[c]]));
  });
};

const fields = (line: string): string[] => {
  const found: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (quoted) {
      if (c !== '"') field += c;
      else if (line[i + 1] === '"') field += line[i++];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      found.push(field);
      field = '';
    } else field += c;
  }
  return [...found, field];
};
