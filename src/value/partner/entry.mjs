// A thread does not inherit the loader that reads TypeScript, so it is registered here before anything else.
import { readTypeScript } from '../../typescript.mjs';

readTypeScript();
await import('./thread.ts');
