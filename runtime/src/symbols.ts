// Node before 18.18 has no symbols for the disposal of resources. They must be there before a class names a method after
// one, and before code that a compiler made of `using` looks for them: https://github.com/tc39/proposal-explicit-resource-management
for (const name of ["dispose", "asyncDispose"] as const)
  if (!(name in Symbol)) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
