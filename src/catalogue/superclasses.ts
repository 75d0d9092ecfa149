/**
 * Classes of Node and of the language that have no `[Symbol.asyncDispose]()`: a class that extends one of them may get such
 * a method without hiding another. Streams, servers and sockets have one, in some versions of Node.
 */
export const withoutDisposer: ReadonlySet<string> = new Set([
  "events#",
  "events#EventEmitter",
  "globalThis#AggregateError",
  "globalThis#Array",
  "globalThis#Error",
  "globalThis#EventTarget",
  "globalThis#Map",
  "globalThis#Object",
  "globalThis#Set",
  "globalThis#TypeError",
]);
