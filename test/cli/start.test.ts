import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

type Load = (
  url: string,
  context: object,
  next: (url: string) => Promise<{ source: string; format: string }>,
) => Promise<{ source: string }>;

describe('what is made of a source file', () => {
  let home: string;
  let load: Load;
  let made = 0;
  const file = () => join(home, 'src', 'one.ts');
  const keptFile = () => join(home, 'node_modules', '.cache', 'hashpact', 'one.ts.js');
  /** Stands for tsx: says how often it was asked. */
  const next = async () => {
    made++;
    return { source: `made of ${readFileSync(file(), 'utf8')}`, format: 'module' };
  };
  const loaded = async () => (await load(pathToFileURL(file()).href, {}, next)).source.split('\n')[0];

  beforeEach(async () => {
    made = 0;
    home = mkdtempSync(join(tmpdir(), 'hashpact-'));
    mkdirSync(join(home, 'src'));
    const hooks = join(home, 'src', 'typescript_files.mjs');
    cpSync(new URL('../../src/typescript_files.mjs', import.meta.url), hooks);
    writeFileSync(file(), 'a');
    ({ load } = await import(/* @vite-ignore */ pathToFileURL(hooks).href));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('is kept, and made anew once the file is another', async () => {
    expect([await loaded(), await loaded(), made]).toEqual(['made of a', 'made of a', 1]);
    writeFileSync(file(), 'b');
    utimesSync(file(), 1, 1);
    expect([await loaded(), await loaded(), made]).toEqual(['made of b', 'made of b', 2]);
  });

  it('is not believed where it was not written to its end', async () => {
    await loaded();
    writeFileSync(keptFile(), readFileSync(keptFile(), 'utf8').slice(0, -3));
    expect([await loaded(), made]).toEqual(['made of a', 2]);
  });

  it('is made every time where nothing can be kept', async () => {
    writeFileSync(join(home, 'node_modules'), 'a file in the way');
    expect([await loaded(), await loaded(), made]).toEqual(['made of a', 'made of a', 2]);
  });
});
