/** Puts something on a shelf that holds so many; what has been there longest makes room. */
export function keep<K, T>(shelf: Map<K, T>, key: K, one: T, most: number): void {
  shelf.set(key, one);
  if (shelf.size > most) shelf.delete(shelf.keys().next().value!);
}
