// Runs every clause against one pair of classes and prints what came of it: argv is ours, native or core-js.
import { ownClauses } from "./clauses-own.mjs";
import { sharedClauses } from "./clauses-shared.mjs";
import { told } from "./outcome.mjs";

const subjects = {
  ours: async () => {
    const { ResourceContext } = await import("../../../dist/esm/index.js");
    return { DisposableStack: ResourceContext, AsyncDisposableStack: ResourceContext };
  },
  native: () => {
    const { DisposableStack, AsyncDisposableStack } = globalThis;
    if (AsyncDisposableStack === undefined) throw new Error("This Node has no classes of its own.");
    return { DisposableStack, AsyncDisposableStack };
  },
  // Puts its classes where a Node has none, which is why it is run on Node 20.
  "core-js": async () => {
    if (globalThis.AsyncDisposableStack !== undefined) throw new Error("This Node has its own classes.");
    await import("core-js/actual/disposable-stack/index.js");
    await import("core-js/actual/async-disposable-stack/index.js");
    const { DisposableStack, AsyncDisposableStack } = globalThis;
    return { DisposableStack, AsyncDisposableStack };
  },
};

const classes = await subjects[process.argv[2]]();
const results = [];
for (const { name, of, run, expected } of [...sharedClauses, ...ownClauses]) {
  let actual;
  try {
    actual = await run({ Stack: classes[of] });
  } catch (thrown) {
    actual = { clauseFailed: told(thrown) };
  }
  results.push({ name, expected, actual });
}
process.stdout.write(JSON.stringify(results));
