#!/usr/bin/env node
// zod is loaded while the loader is still Node's own: its hundred small files cost half as much as behind tsx, and every scenario needs them.
import 'zod';
import { readTypeScript } from '../typescript.mjs';

readTypeScript();
const { start } = await import('./main.ts');
await start();
