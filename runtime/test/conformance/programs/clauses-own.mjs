// Clauses that only one of the two classes has, and those about the statements that use them.
import { failing } from "./kinds.mjs";
import { attempt, settle, told } from "./outcome.mjs";

const SYNC = "DisposableStack";
const ASYNC = "AsyncDisposableStack";
const turn = () => new Promise((resolve) => setImmediate(resolve));

const syncClauses = [
  {
    name: ".prototype.dispose: refuses another receiver",
    run: ({ Stack }) => attempt(() => Stack.prototype.dispose.call({})),
    expected: { threw: "TypeError" },
  },
  {
    name: ".prototype.dispose: called by a disposer does nothing",
    run: ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(() => void log.push("older"));
      stack.defer(() => void log.push(attempt(() => stack.dispose())));
      stack.dispose();
      return log;
    },
    expected: [{ returned: "undefined" }, "older"],
  },
  {
    name: ".prototype.use: refuses a value that can be released asynchronously only",
    run: ({ Stack }) => attempt(() => new Stack().use({ [Symbol.asyncDispose]: async () => {} })),
    expected: { threw: "TypeError" },
  },
  {
    name: ".prototype.use: calls the synchronous method of a value that has both",
    run: ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.use({
        [Symbol.dispose]: () => void log.push("sync"),
        [Symbol.asyncDispose]: async () => void log.push("async"),
      });
      stack.dispose();
      return log;
    },
    expected: ["sync"],
  },
  {
    name: ".prototype.dispose: does not wait for what a disposer gives back",
    run: ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(() => void log.push("first"));
      stack.defer(async () => {
        await turn();
        log.push("late");
      });
      stack.dispose();
      return [...log];
    },
    expected: ["first"],
  },
];

const asyncUse = [
  {
    name: ".prototype.use: calls the asynchronous method of a value that has both",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.use({
        [Symbol.dispose]: () => void log.push("sync"),
        [Symbol.asyncDispose]: async () => void log.push("async"),
      });
      await stack.disposeAsync();
      return log;
    },
    expected: ["async"],
  },
  ...[undefined, null].map((nothing) => ({
    name: `.prototype.use: falls back to the synchronous method where the asynchronous one is ${nothing}`,
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.use({ [Symbol.dispose]: () => void log.push("sync"), [Symbol.asyncDispose]: nothing });
      await stack.disposeAsync();
      return log;
    },
    expected: ["sync"],
  })),
  {
    name: ".prototype.use: does not fall back where the asynchronous method cannot be called",
    run: ({ Stack }) =>
      attempt(() => new Stack().use({ [Symbol.dispose]: () => {}, [Symbol.asyncDispose]: 5 })),
    expected: { threw: "TypeError" },
  },
  {
    name: ".prototype.use: does not wait for what a synchronous method gives back",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(() => void log.push("older"));
      stack.use({
        [Symbol.dispose]: async () => {
          await turn();
          log.push("late");
        },
      });
      await stack.disposeAsync();
      return [...log];
    },
    expected: ["older"],
  },
];

const disposeAsync = [
  {
    name: ".prototype.disposeAsync: gives back a promise",
    run: ({ Stack }) => new Stack().disposeAsync() instanceof Promise,
    expected: true,
  },
  {
    name: ".prototype.disposeAsync: rejects for another receiver, and does not throw",
    run: ({ Stack }) => settle(() => Stack.prototype.disposeAsync.call({})),
    expected: { rejected: "TypeError" },
  },
  {
    name: ".prototype.disposeAsync: begins before it returns",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(() => void log.push("release"));
      const end = stack.disposeAsync();
      log.push("returned");
      await end;
      return log;
    },
    expected: ["release", "returned"],
  },
  {
    name: ".prototype.disposeAsync: waits for one before it begins the next",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      for (const name of ["first", "second"])
        stack.defer(async () => {
          log.push(`${name} begins`);
          await turn();
          log.push(`${name} ends`);
        });
      await stack.disposeAsync();
      return log;
    },
    expected: ["second begins", "second ends", "first begins", "first ends"],
  },
  {
    name: ".prototype.disposeAsync: waits for anything that can be awaited",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(() => void log.push("older"));
      stack.defer(() => ({ then: (resolve) => setImmediate(() => resolve(void log.push("awaited"))) }));
      await stack.disposeAsync();
      return log;
    },
    expected: ["awaited", "older"],
  },
  {
    name: ".prototype.disposeAsync: rejects with the very error of the one that rejected",
    run: ({ Stack }) => {
      const stack = new Stack();
      stack.defer(async () => {
        await turn();
        failing("port")();
      });
      return settle(() => stack.disposeAsync());
    },
    expected: { rejected: "Error: port" },
  },
  {
    name: ".prototype.disposeAsync: goes on after a rejection",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(async () => void log.push("older"));
      stack.defer(() => Promise.reject(new Error("port")));
      await settle(() => stack.disposeAsync());
      return log;
    },
    expected: ["older"],
  },
  {
    name: ".prototype.disposeAsync: a second caller does not wait for the first",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(async () => {
        await turn();
        log.push("released");
      });
      const first = stack.disposeAsync();
      const second = stack.disposeAsync().then(() => log.push("second caller"));
      await Promise.all([first, second]);
      return [log, first === second];
    },
    expected: [["second caller", "released"], false],
  },
  {
    name: ".prototype.disposeAsync: lets microtasks run between two releases that give back nothing",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(() => void log.push("older"));
      stack.defer(() => void Promise.resolve().then(() => log.push("microtask")));
      await stack.disposeAsync();
      return log;
    },
    expected: ["microtask", "older"],
  },
];

/** Node 24 and later have the statements; a text keeps the others from choking on them. */
const statement = (text) => new Function("Stack", "log", `return (async () => { ${text} })()`);
const hasStatements = (() => {
  try {
    return statement("await using stack = new Stack();") !== undefined;
  } catch {
    return false;
  }
})();

const throughStatement =
  (text) =>
  async ({ Stack }) => {
    const log = [];
    try {
      await statement(text)(Stack, log);
    } catch (thrown) {
      log.push(told(thrown));
    }
    return log;
  };

const statements = [
  {
    of: SYNC,
    name: " in using: is disposed at the end of the block",
    run: throughStatement(
      `{ using stack = new Stack(); stack.defer(() => void log.push("released")); log.push("body"); } log.push("after");`,
    ),
    expected: ["body", "released", "after"],
  },
  {
    of: ASYNC,
    name: " in await using: the end of the block waits",
    run: throughStatement(
      `{ await using stack = new Stack();
         stack.defer(async () => { await new Promise(setImmediate); log.push("released"); }); }
       log.push("after");`,
    ),
    expected: ["released", "after"],
  },
  {
    of: ASYNC,
    name: " in await using: an error of the body comes through",
    run: throughStatement(
      `await using stack = new Stack(); stack.defer(() => void log.push("released")); throw new Error("body");`,
    ),
    expected: ["released", "Error: body"],
  },
  {
    of: ASYNC,
    name: " in await using: an error of a release comes before the error of the body",
    run: throughStatement(
      `await using stack = new Stack(); stack.defer(() => { throw new Error("release"); }); throw new Error("body");`,
    ),
    expected: [{ name: "SuppressedError", error: "Error: release", suppressed: "Error: body" }],
  },
  {
    of: ASYNC,
    name: " in await using: move() keeps what a constructor acquired, and an error releases it",
    run: throughStatement(
      `const open = async (fails) => {
         await using stack = new Stack();
         stack.defer(() => void log.push(fails ? "undone" : "closed"));
         if (fails) throw new Error("open");
         return stack.move();
       };
       await open(true).catch((error) => log.push(error.message));
       const kept = await open(false);
       log.push("open");
       await kept.disposeAsync();`,
    ),
    expected: ["undone", "open", "open", "closed"],
  },
];

export const ownClauses = [
  ...syncClauses.map((clause) => ({ ...clause, of: SYNC })),
  ...[...asyncUse, ...disposeAsync].map((clause) => ({ ...clause, of: ASYNC })),
  ...(hasStatements ? statements : []),
].map((clause) => ({ ...clause, name: `${clause.of}${clause.name}` }));
