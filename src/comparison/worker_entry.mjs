// zod is loaded while the loader is still Node's own: its hundred small files cost half as much as behind tsx, and every scenario needs them.
import 'zod';
import { readTypeScript } from '../typescript.mjs';

// A thread does not inherit the loader that reads TypeScript, so it is registered before anything else.
readTypeScript();
await import('./worker.ts');
