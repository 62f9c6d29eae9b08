import type { Protocol } from '../../src/session/contracts/protocol.ts';

/** A protocol like another, save for what is given. It stands before the other one instead of copying it: methods of classes cannot be copied. */
export function altered(protocol: Protocol, changes: Partial<Protocol>): Protocol {
  return new Proxy(protocol, {
    get(target, key) {
      if (key in changes) return changes[key as keyof Protocol];
      const found = Reflect.get(target, key, target);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
}
