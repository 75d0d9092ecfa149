// Clauses that both classes have. Each is a sentence, what it does to a stack, and what the specification says comes
// of it. The names are those of the sections of ECMA-262.
import { failing, KINDS, noting } from "./kinds.mjs";
import { attempt } from "./outcome.mjs";

const construction = (kind) => [
  {
    name: "( ): is called with new only",
    run: ({ Stack }) => attempt(() => Stack()),
    expected: { threw: "TypeError" },
  },
  {
    name: "( ): begins pending",
    run: ({ Stack }) => new Stack().disposed,
    expected: false,
  },
  {
    name: "( ): can be extended",
    run: ({ Stack }) => {
      class Ports extends Stack {}
      const ports = new Ports();
      return [ports instanceof Ports, ports instanceof Stack, ports.disposed];
    },
    expected: [true, true, false],
  },
  {
    name: ".length: takes no arguments",
    run: ({ Stack }) => Stack.length,
    expected: 0,
  },
  {
    name: ".prototype [ %Symbol.toStringTag% ]: is the name of the class",
    run: ({ Stack }) => Object.prototype.toString.call(new Stack()),
    expected: `[object ${kind.name}]`,
  },
  {
    name: `.prototype.constructor: is the class`,
    run: ({ Stack }) => Stack.prototype.constructor === Stack,
    expected: true,
  },
  {
    name: ".prototype: methods are not enumerable, are writable and configurable",
    run: ({ Stack }) =>
      ["use", "adopt", "defer", "move", kind.method].map((name) => {
        const { enumerable, writable, configurable } = Object.getOwnPropertyDescriptor(Stack.prototype, name);
        return [enumerable, writable, configurable];
      }),
    expected: Array.from({ length: 5 }, () => [false, true, true]),
  },
  {
    name: ".prototype: methods have the specified number of parameters",
    run: ({ Stack }) =>
      ["use", "adopt", "defer", "move", kind.method].map((name) => Stack.prototype[name].length),
    expected: [1, 2, 1, 0, 0],
  },
  {
    name: ".prototype: methods are no constructors",
    run: ({ Stack }) => attempt(() => new Stack.prototype.use({})),
    expected: { threw: "TypeError" },
  },
];

const disposed = (kind) => [
  {
    name: ".prototype.disposed: is an accessor without a setter",
    run: ({ Stack }) => {
      const { get, set, enumerable } = Object.getOwnPropertyDescriptor(Stack.prototype, "disposed");
      return [typeof get, typeof set, enumerable];
    },
    expected: ["function", "undefined", false],
  },
  {
    name: ".prototype.disposed: is true as soon as disposal begins",
    run: async ({ Stack }) => {
      const stack = new Stack();
      const seen = [];
      stack.defer(() => void seen.push(stack.disposed));
      await kind.end(stack);
      return [...seen, stack.disposed];
    },
    expected: [true, true],
  },
  {
    name: ".prototype.disposed: refuses another receiver",
    run: ({ Stack }) => attempt(() => Reflect.get(Stack.prototype, "disposed", {})),
    expected: { threw: "TypeError" },
  },
];

const use = (kind) => [
  {
    name: ".prototype.use: gives back the value",
    run: ({ Stack }) => {
      const port = noting(kind, [], "port");
      return new Stack().use(port) === port;
    },
    expected: true,
  },
  {
    name: ".prototype.use: gives back null and undefined and holds nothing",
    run: async ({ Stack }) => {
      const stack = new Stack();
      return [stack.use(null) === null, stack.use(undefined) === undefined, await kind.end(stack)];
    },
    expected: [true, true, kind.ended],
  },
  {
    name: ".prototype.use: takes a function that has the method",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.use(Object.assign(() => {}, noting(kind, log, "function")));
      await kind.end(stack);
      return log;
    },
    expected: ["function"],
  },
  ...[5, "text", true].map((value) => ({
    name: `.prototype.use: refuses the ${typeof value} ${value}`,
    run: ({ Stack }) => attempt(() => new Stack().use(value)),
    expected: { threw: "TypeError" },
  })),
  {
    name: ".prototype.use: refuses an object without the method",
    run: ({ Stack }) => attempt(() => new Stack().use({})),
    expected: { threw: "TypeError" },
  },
  {
    name: ".prototype.use: refuses a method that cannot be called",
    run: ({ Stack }) => attempt(() => new Stack().use({ [kind.symbol]: 5 })),
    expected: { threw: "TypeError" },
  },
  {
    name: ".prototype.use: lets an error of the getter of the method through",
    run: ({ Stack }) =>
      attempt(() => new Stack().use(Object.defineProperty({}, kind.symbol, { get: failing("getter") }))),
    expected: { threw: "Error: getter" },
  },
  {
    name: ".prototype.use: reads the method when the value is handed over, not later",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      const port = stack.use(noting(kind, log, "first"));
      port[kind.symbol] = () => void log.push("second");
      await kind.end(stack);
      return log;
    },
    expected: ["first"],
  },
  {
    name: ".prototype.use: calls the method on the value, without arguments",
    run: async ({ Stack }) => {
      const seen = [];
      const stack = new Stack();
      const port = {
        [kind.symbol](...args) {
          seen.push(this === port, args.length);
        },
      };
      stack.use(port);
      await kind.end(stack);
      return seen;
    },
    expected: [true, 0],
  },
  {
    name: ".prototype.use: releases a value that was handed over twice two times",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      const port = noting(kind, log, "port");
      stack.use(port);
      stack.use(port);
      await kind.end(stack);
      return log;
    },
    expected: ["port", "port"],
  },
  {
    name: ".prototype.use: refuses another receiver",
    run: ({ Stack }) => attempt(() => Stack.prototype.use.call({}, noting(kind, [], "port"))),
    expected: { threw: "TypeError" },
  },
  {
    name: ".prototype.use: refuses a disposed stack",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      await kind.end(stack);
      return [attempt(() => stack.use(noting(kind, log, "newcomer"))), log];
    },
    expected: [{ threw: "ReferenceError" }, []],
  },
];

const adopt = (kind) => [
  {
    name: ".prototype.adopt: gives back the value, whatever it is",
    run: ({ Stack }) => {
      const stack = new Stack();
      return [80, "port", null].map((value) => stack.adopt(value, () => {}) === value);
    },
    expected: [true, true, true],
  },
  {
    name: ".prototype.adopt: holds null and undefined as well",
    run: async ({ Stack }) => {
      const seen = [];
      const stack = new Stack();
      stack.adopt(null, (value) => void seen.push(String(value)));
      stack.adopt(undefined, (value) => void seen.push(String(value)));
      await kind.end(stack);
      return seen;
    },
    expected: ["undefined", "null"],
  },
  {
    name: ".prototype.adopt: calls the function with the value alone and without a receiver",
    run: async ({ Stack }) => {
      const seen = [];
      const stack = new Stack();
      stack.adopt("port", function (...args) {
        seen.push(this === undefined, ...args);
      });
      await kind.end(stack);
      return seen;
    },
    expected: [true, "port"],
  },
  {
    name: ".prototype.adopt: refuses what cannot be called",
    run: ({ Stack }) =>
      [undefined, null, {}, 5].map((release) => attempt(() => new Stack().adopt("port", release))),
    expected: Array.from({ length: 4 }, () => ({ threw: "TypeError" })),
  },
  {
    name: ".prototype.adopt: refuses another receiver",
    run: ({ Stack }) => attempt(() => Stack.prototype.adopt.call({}, "port", () => {})),
    expected: { threw: "TypeError" },
  },
  {
    name: ".prototype.adopt: refuses a disposed stack",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      await kind.end(stack);
      return [attempt(() => stack.adopt("newcomer", (value) => void log.push(value))), log];
    },
    expected: [{ threw: "ReferenceError" }, []],
  },
];

const defer = (kind) => [
  {
    name: ".prototype.defer: gives back undefined",
    run: ({ Stack }) => attempt(() => new Stack().defer(() => {})),
    expected: { returned: "undefined" },
  },
  {
    name: ".prototype.defer: calls the function without arguments and without a receiver",
    run: async ({ Stack }) => {
      const seen = [];
      const stack = new Stack();
      stack.defer(function (...args) {
        seen.push(this === undefined, args.length);
      });
      await kind.end(stack);
      return seen;
    },
    expected: [true, 0],
  },
  {
    name: ".prototype.defer: holds one function as often as it is handed over",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      const note = () => void log.push("note");
      stack.defer(note);
      stack.defer(note);
      await kind.end(stack);
      return log;
    },
    expected: ["note", "note"],
  },
  {
    name: ".prototype.defer: refuses what cannot be called",
    run: ({ Stack }) => [undefined, null, {}, 5].map((release) => attempt(() => new Stack().defer(release))),
    expected: Array.from({ length: 4 }, () => ({ threw: "TypeError" })),
  },
  {
    name: ".prototype.defer: refuses another receiver",
    run: ({ Stack }) => attempt(() => Stack.prototype.defer.call({}, () => {})),
    expected: { threw: "TypeError" },
  },
  {
    name: ".prototype.defer: refuses a disposed stack",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      await kind.end(stack);
      return [attempt(() => stack.defer(() => void log.push("newcomer"))), log];
    },
    expected: [{ threw: "ReferenceError" }, []],
  },
];

const move = (kind) => [
  {
    name: ".prototype.move: hands everything over in its order",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(() => void log.push(1));
      stack.adopt(2, (value) => void log.push(value));
      stack.use(noting(kind, log, 3));
      const next = stack.move();
      next.defer(() => void log.push(4));
      await kind.end(next);
      return log;
    },
    expected: [4, 3, 2, 1],
  },
  {
    name: ".prototype.move: leaves a disposed stack behind and gives back one that is not",
    run: ({ Stack }) => {
      const stack = new Stack();
      const next = stack.move();
      return [stack.disposed, next.disposed, next !== stack, next instanceof Stack];
    },
    expected: [true, false, true, true],
  },
  {
    name: ".prototype.move: gives back a plain stack, not one of the extended class",
    run: ({ Stack }) => {
      class Ports extends Stack {}
      return new Ports().move() instanceof Ports;
    },
    expected: false,
  },
  {
    name: ".prototype.move: disposing what is left behind does nothing",
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(() => void log.push("port"));
      stack.move();
      return [await kind.end(stack), log];
    },
    expected: [kind.ended, []],
  },
  {
    name: ".prototype.move: refuses a disposed stack",
    run: async ({ Stack }) => {
      const stack = new Stack();
      await kind.end(stack);
      return attempt(() => stack.move());
    },
    expected: { threw: "ReferenceError" },
  },
  {
    name: ".prototype.move: refuses another receiver",
    run: ({ Stack }) => attempt(() => Stack.prototype.move.call({})),
    expected: { threw: "TypeError" },
  },
];

const dispose = (kind) => [
  {
    name: `.prototype.${kind.method}: ends with undefined`,
    run: ({ Stack }) => kind.end(new Stack()),
    expected: kind.ended,
  },
  {
    name: `.prototype.${kind.method}: releases last in first out, whichever way each was handed over`,
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.use(noting(kind, log, "use"));
      stack.adopt("adopt", (value) => void log.push(value));
      stack.defer(() => void log.push("defer"));
      stack.use(noting(kind, log, "use again"));
      await kind.end(stack);
      return log;
    },
    expected: ["use again", "defer", "adopt", "use"],
  },
  {
    name: `.prototype.${kind.method}: does nothing the second time`,
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(() => void log.push("port"));
      return [await kind.end(stack), await kind.end(stack), log];
    },
    expected: [kind.ended, kind.ended, ["port"]],
  },
  {
    name: `.prototype.${kind.method}: does nothing the second time after a failure, either`,
    run: async ({ Stack }) => {
      const stack = new Stack();
      stack.defer(failing("port"));
      await kind.end(stack);
      return kind.end(stack);
    },
    expected: kind.ended,
  },
  {
    name: `.prototype.${kind.method}: ends with the very error of the one that failed`,
    run: async ({ Stack }) => {
      const stack = new Stack();
      stack.defer(failing("port"));
      return kind.end(stack);
    },
    expected: kind.failed("Error: port"),
  },
  {
    name: `.prototype.${kind.method}: goes on after a failure`,
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(() => void log.push("first"));
      stack.defer(failing("second"));
      stack.defer(() => void log.push("third"));
      await kind.end(stack);
      return log;
    },
    expected: ["third", "first"],
  },
  {
    name: `.prototype.${kind.method}: a later error suppresses the earlier ones, link by link`,
    run: async ({ Stack }) => {
      const stack = new Stack();
      for (const name of ["first", "second", "third"]) stack.defer(failing(name));
      return kind.end(stack);
    },
    expected: kind.failed({
      name: "SuppressedError",
      error: "Error: first",
      suppressed: { name: "SuppressedError", error: "Error: second", suppressed: "Error: third" },
    }),
  },
  {
    name: `.prototype.${kind.method}: what was thrown need not be an error`,
    run: async ({ Stack }) => {
      const stack = new Stack();
      stack.defer(() => {
        throw undefined;
      });
      return kind.end(stack);
    },
    expected: kind.failed("undefined"),
  },
  {
    name: `.prototype.${kind.method}: a disposer that hands over one more is refused`,
    run: async ({ Stack }) => {
      const log = [];
      const stack = new Stack();
      stack.defer(() => void log.push("older"));
      stack.defer(() => {
        log.push(attempt(() => stack.defer(() => void log.push("newcomer"))));
      });
      await kind.end(stack);
      return log;
    },
    expected: [{ threw: "ReferenceError" }, "older"],
  },
  {
    name: `.prototype [ ${kind.method === "dispose" ? "%Symbol.dispose%" : "%Symbol.asyncDispose%"} ]: is the method itself`,
    run: ({ Stack }) => Stack.prototype[kind.symbol] === Stack.prototype[kind.method],
    expected: true,
  },
  {
    name: `.prototype [ ${kind.method === "dispose" ? "%Symbol.dispose%" : "%Symbol.asyncDispose%"} ]: one stack can hold another`,
    run: async ({ Stack }) => {
      const log = [];
      const outer = new Stack();
      outer.defer(() => void log.push("outer"));
      const inner = outer.use(new Stack());
      inner.defer(() => void log.push("inner"));
      await kind.end(outer);
      return [log, inner.disposed];
    },
    expected: [["inner", "outer"], true],
  },
];

export const sharedClauses = KINDS.flatMap((kind) =>
  [construction, disposed, use, adopt, defer, move, dispose]
    .flatMap((section) => section(kind))
    .map((clause) => ({ ...clause, name: `${kind.name}${clause.name}`, of: kind.name })),
);
