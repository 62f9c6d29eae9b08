import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium to test pages in, or why there is none. */
export type Found = { readonly path: string } | { readonly missing: string };

/** Looks for a Chromium where systems keep one; a Debian machine that runs the tests as root gets it from its own package source. */
export function findChromium(): Found {
  const known = lookAround();
  if (known !== undefined) return { path: known };
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    return { missing: 'no Chromium found; install chromium or name one in CHROMIUM_PATH to test reports in a browser' };
  }
  try {
    const quiet = {
      stdio: 'pipe',
      timeout: 280_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    } as const;
    execFileSync('apt-get', ['update', '-qq'], quiet);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr ?? error).trim();
    return { missing: `no Chromium found, and apt-get could not install it: ${said.split('\n').at(-1)}` };
  }
  const installed = lookAround();
  return installed === undefined
    ? { missing: 'apt-get installed chromium, but there is none on PATH' }
    : { path: installed };
}

function lookAround(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const candidates = [
    ...(named ? [named] : []),
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
  ];
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
