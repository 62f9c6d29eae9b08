/**
 * A list of what is made for each place, 0 to `count` - 1. Pushed, where `map` would do: the engine builds what `map` returns in one way before it has compiled
 * the call and in another after, and would compile all the code that reads such lists anew when that happens, long into a comparison.
 */
export function listOf<T>(count: number, make: (at: number) => T): T[] {
  const list: T[] = [];
  for (let at = 0; at < count; at++) list.push(make(at));
  return list;
}
