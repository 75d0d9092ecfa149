// Milliseconds to dispose 10,000 resources, one figure per round: argv is [which stack, rounds].
const [which, rounds] = process.argv.slice(2);

const Stack = await {
  native: () => globalThis.AsyncDisposableStack,
  "core-js": async () => {
    await import("core-js/actual/async-disposable-stack/index.js");
    return globalThis.AsyncDisposableStack;
  },
  ours: async () => (await import("../../../runtime/dist/esm/index.js")).ResourceContext,
}[which]();

const fillings = {
  "functions that return nothing": () => {},
  "functions that return a promise": () => Promise.resolve(),
};
const times = {};
for (const [name, release] of Object.entries(fillings)) {
  times[name] = [];
  for (let round = 0; round < Number(rounds); round += 1) {
    const stack = new Stack();
    for (let count = 0; count < 10_000; count += 1) stack.adopt(count, release);
    const begin = performance.now();
    await stack.disposeAsync();
    times[name].push(performance.now() - begin);
  }
}
process.stdout.write(JSON.stringify(times));
