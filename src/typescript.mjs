// Lets a process or a thread import TypeScript without a build: what is imported after `readTypeScript()` may be a .ts file.
import module from 'node:module';
import { register } from 'tsx/esm/api';

export function readTypeScript() {
  register();
  // Without synchronous hooks tsx answers from a thread, and most of a start is spent waiting for it. Registered last, asked first.
  if (module.registerHooks === undefined) module.register('./typescript_files.mjs', import.meta.url);
}
