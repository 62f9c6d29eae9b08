#!/usr/bin/env node
// The bin starts hashpact without a build: tsx reads the TypeScript as it is. `node --import tsx` starts in half the time of the tsx wrapper.
import { register } from 'tsx/esm/api';

register();
const { start } = await import('./main.ts');
await start();
