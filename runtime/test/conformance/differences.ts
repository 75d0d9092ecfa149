/** What a clause comes to with a ResourceContext, where that is not what the specification says, and why. */
export interface Difference {
  readonly clause: string;
  readonly ours: unknown;
  readonly why: string;
}

/** What both classes have in common is written once, with the name of the class and of its method left out. */
interface SharedDifference extends Omit<Difference, "clause"> {
  readonly section: string;
}

const newcomer = [{ threw: "ContextClosedError" }, ["newcomer"]] as const;
const closed =
  "R5: whoever acquired it has nobody else to release it; the error says so instead of naming a variable";
const quiet =
  "R3: a failed release never replaces the error of the body; it is a warning, a CleanupError and, on request, a rejection";

const shared: readonly SharedDifference[] = [
  {
    section: ".prototype [ %Symbol.toStringTag% ]: is the name of the class",
    ours: "[object Object]",
    why: "it is another class",
  },
  { section: ".prototype.use: refuses a disposed stack", ours: newcomer, why: closed },
  { section: ".prototype.adopt: refuses a disposed stack", ours: newcomer, why: closed },
  { section: ".prototype.defer: refuses a disposed stack", ours: newcomer, why: closed },
  {
    section: ".prototype.move: refuses a disposed stack",
    ours: { threw: "ContextClosedError" },
    why: closed,
  },
  {
    section: ".prototype.METHOD: a disposer that hands over one more is refused",
    ours: ["newcomer", { threw: "ContextClosedError" }, "older"],
    why: closed,
  },
  {
    section: ".prototype.defer: gives back undefined",
    ours: { returned: "an object" },
    why: "every method gives back what it was given, so that it can be disowned",
  },
  {
    section: ".prototype [ %Symbol.METHOD% ]: is the method itself",
    ours: false,
    why: "disposeAsync() has options, and await using must not pass any",
  },
];

/** Errors of a release: the class of the specification ends with them, ours ends well and tells otherwise. */
const errors: readonly string[] = [
  "ends with the very error of the one that failed",
  "a later error suppresses the earlier ones, link by link",
  "what was thrown need not be an error",
];

const sync: readonly Difference[] = [
  {
    clause: "DisposableStack.prototype.use: refuses a value that can be released asynchronously only",
    ours: { returned: "an object" },
    why: "the context does not know yet which way it will be disposed; dispose() starts the asynchronous release",
  },
];

const asynchronous: readonly Difference[] = [
  {
    clause:
      "AsyncDisposableStack.prototype.use: does not fall back where the asynchronous method cannot be called",
    ours: { returned: "an object" },
    why: "doubles of tests carry odd members, and the value can be released",
  },
  {
    clause: "AsyncDisposableStack.prototype.use: does not wait for what a synchronous method gives back",
    ours: ["late", "older"],
    why: "R1: whatever is under way ends before the next release begins",
  },
  {
    clause: "AsyncDisposableStack.prototype.disposeAsync: rejects for another receiver, and does not throw",
    ours: { threw: "TypeError" },
    why: "a mistake in the program is loud at once",
  },
  {
    clause:
      "AsyncDisposableStack.prototype.disposeAsync: rejects with the very error of the one that rejected",
    ours: { resolved: "undefined" },
    why: quiet,
  },
  {
    clause: "AsyncDisposableStack.prototype.disposeAsync: a second caller does not wait for the first",
    ours: [["released", "second caller"], false],
    why: "R4: whoever waits for the end of a context wants it to have ended",
  },
  {
    clause:
      "AsyncDisposableStack.prototype.disposeAsync: lets microtasks run between two releases that give back nothing",
    ours: ["older", "microtask"],
    why: "R13: thousands of releases that need no waiting cost no turn each",
  },
  {
    clause: "AsyncDisposableStack in await using: an error of a release comes before the error of the body",
    ours: ["Error: body"],
    why: quiet,
  },
];

const kinds = [
  { name: "DisposableStack", method: "dispose", ends: { returned: "undefined" } },
  { name: "AsyncDisposableStack", method: "disposeAsync", ends: { resolved: "undefined" } },
] as const;

/** The one list of all differences; the test fails for one that is not in it, and for one that is no more. */
export const differences: readonly Difference[] = [
  ...kinds.flatMap(({ name, method, ends }) => [
    ...shared.map(({ section, ours, why }) => ({
      clause: `${name}${section.replace("%Symbol.METHOD%", `%Symbol.${method === "dispose" ? method : "asyncDispose"}%`).replace("METHOD", method)}`,
      ours,
      why,
    })),
    ...errors.map((section) => ({
      clause: `${name}.prototype.${method}: ${section}`,
      ours: ends,
      why: quiet,
    })),
  ]),
  ...sync,
  ...asynchronous,
];
