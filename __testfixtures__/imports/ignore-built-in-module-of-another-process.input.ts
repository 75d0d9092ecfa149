const process = { getBuiltinModule: (name: string) => ({ writeFileSync: () => name }) };

export function save(): string {
  return process.getBuiltinModule("node:fs").writeFileSync();
}
