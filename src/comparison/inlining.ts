import { setFlagsFromString } from 'node:v8';

/**
 * Lets the engine's compiler put more of what it finds called into one piece of machine code. A turn is some forty small functions in a dozen files, and with
 * the limits that suit a web page half of them stay calls: played by the thousand, negotiations are a fifth faster with these. They hold for the whole process
 * and for what is compiled from now on; they change how fast it runs, and no result.
 */
export function inlineMore(): void {
  for (const flag of FLAGS) setFlagsFromString(flag);
}

const FLAGS = [
  '--max-inlined-bytecode-size=1500',
  '--max-inlined-bytecode-size-cumulative=4000',
  '--min-inlining-frequency=0.02',
];
