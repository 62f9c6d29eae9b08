#!/usr/bin/env node
import { readTypeScript } from '../typescript.mjs';

readTypeScript();
const { start } = await import('./main.ts');
await start();
