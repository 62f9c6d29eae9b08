import { Refusal } from './console.ts';
import { checkWritable, identityOf, readText, writeWhole } from './files.ts';

/** The files of one command. No output may be an input or another output: an input is what the user cannot get back. */
export class Ledger {
  readonly #inputs = new Map<string, string>();
  readonly #outputs = new Map<string, string>();

  #stdin: { name: string; text: string } | undefined;

  /** Reads a file and remembers it as an input. Standard input can be read once only, and is kept. */
  read(path: string, limit?: number): { name: string; text: string } {
    if (path === '-') {
      this.#stdin ??= readText(path, limit);
      return this.#stdin;
    }
    this.reads(path);
    return readText(path, limit);
  }

  /** Remembers a file that somebody else reads. */
  reads(path: string): void {
    const file = found(path);
    if (file === undefined) return;
    this.#inputs.set(file, path);
    const output = this.#outputs.get(file);
    if (output !== undefined) throw clash(output, path);
  }

  /** Takes the names of a command's outputs, by option, before any work is done for them. */
  claim(outputs: Readonly<Record<string, string | undefined>>): void {
    for (const [option, path] of Object.entries(outputs)) {
      if (path === undefined) continue;
      if (path === '-')
        throw new Refusal(`${option} -: standard output holds what is printed, and nothing beside it`, 'name a file');
      checkWritable(path);
      const file = identityOf(path);
      if (file === undefined) continue;
      const output = `${option} ${path}`;
      const other = this.#outputs.get(file);
      if (other !== undefined) throw new Refusal(`${output} and ${other} are the same file`, 'name two files');
      this.#outputs.set(file, output);
      const input = this.#inputs.get(file);
      if (input !== undefined) throw clash(output, input);
    }
  }

  /** Writes an output; one whose name only now is known, too. */
  write(path: string, text: string | Uint8Array): void {
    checkWritable(path);
    const input = this.#inputs.get(identityOf(path) ?? '');
    if (input !== undefined) throw clash(path, input);
    writeWhole(path, text);
  }
}

const clash = (output: string, input: string): Refusal =>
  new Refusal(`${output} would replace ${input}, which is read`, 'give the output another name');

/** Which file it is; a name that nothing answers to is told by whoever reads it. */
function found(path: string): string | undefined {
  try {
    return identityOf(path);
  } catch {
    return undefined;
  }
}
