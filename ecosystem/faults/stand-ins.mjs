// What takes the place of everything that the function under test gets from its project.

/**
 * A value that can be called, constructed, awaited, iterated and turned into text, and whose members are such
 * values again. `isEager`: it calls the functions that it is given; `isVoid`: calling it gives undefined.
 */
export function standIn({ text, isEager = false, isVoid = false }) {
  const target = function () {};
  const self = new Proxy(target, {
    get(_, key) {
      if (key === "then" || key === "toJSON") return undefined;
      if (key === "prototype") return target.prototype;
      if (key === Symbol.toPrimitive) return (hint) => (hint === "number" ? 1 : text);
      if (key === "toString" || key === "valueOf") return () => text;
      if (key === Symbol.iterator) return function* () {};
      if (key === Symbol.asyncIterator) return async function* () {};
      if (typeof key === "symbol") return undefined;
      if (key === "length") return 1;
      return self;
    },
    set: () => true,
    has: () => true,
    apply: (_, __, args) => called(args),
    construct: (_, args, newTarget) => (newTarget === self ? self : Reflect.construct(Object, [], newTarget)),
  });
  function called(args) {
    const results = isEager
      ? args.filter((one) => typeof one === "function" && one !== self).map((one) => one(self, self, self))
      : [];
    const promise = results.find((one) => typeof one?.then === "function");
    return promise ?? (isVoid ? undefined : self);
  }
  return self;
}
