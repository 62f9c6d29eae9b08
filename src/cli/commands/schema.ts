import { jsonSchema } from '../../scenario/schema.ts';
import { type Console, EXIT } from '../console.ts';

/** `hashpact schema`: the JSON Schema that editors check scenario files with. */
export function schema(_args: readonly string[], _given: unknown, console: Console): number {
  console.out(JSON.stringify(jsonSchema(), null, 2));
  return EXIT.done;
}
