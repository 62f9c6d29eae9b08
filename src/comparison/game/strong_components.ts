/**
 * Strongly connected components of a directed graph given as lists of successors (R. E. Tarjan, SIAM J. Computing 1, 1972), without
 * recursion. Each component ascending; components in order of their smallest node.
 */
export const strongComponents = (successors: readonly (readonly number[])[]): number[][] => {
  const n = successors.length;
  const index = new Int32Array(n).fill(-1);
  const low = new Int32Array(n);
  const onStack = new Uint8Array(n);
  const stack: number[] = [];
  const out: number[][] = [];
  let counter = 0;
  for (let root = 0; root < n; root++) {
    if (index[root] >= 0) continue;
    const calls = [{ node: root, next: 0 }];
    while (calls.length > 0) {
      const call = calls[calls.length - 1];
      const { node } = call;
      if (call.next === 0) {
        index[node] = low[node] = counter++;
        stack.push(node);
        onStack[node] = 1;
      }
      if (call.next < successors[node].length) {
        const to = successors[node][call.next++];
        if (index[to] < 0) calls.push({ node: to, next: 0 });
        else if (onStack[to]) low[node] = Math.min(low[node], index[to]);
        continue;
      }
      calls.pop();
      if (calls.length > 0) {
        const parent = calls[calls.length - 1].node;
        low[parent] = Math.min(low[parent], low[node]);
      }
      if (low[node] === index[node]) {
        const component: number[] = [];
        let member = -1;
        while (member !== node) {
          member = stack.pop() as number;
          onStack[member] = 0;
          component.push(member);
        }
        out.push(component.sort((a, b) => a - b));
      }
    }
  }
  return out.sort((a, b) => a[0] - b[0]);
};

/** The components that no arrow leaves. */
export const sinkComponents = (successors: readonly (readonly number[])[]): number[][] => {
  const components = strongComponents(successors);
  const home = new Int32Array(successors.length);
  components.forEach((members, c) => {
    for (const node of members) home[node] = c;
  });
  return components.filter((members, c) => members.every((node) => successors[node].every((to) => home[to] === c)));
};
