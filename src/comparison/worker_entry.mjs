// A thread does not inherit the loader that reads TypeScript, so it is registered here before anything else.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
