// Writes as a user without rights, first with ours and then with fs, and tells how each ended.
import * as fs from "node:fs";
import * as path from "node:path";

const [entry, how, file] = process.argv.slice(2);
const { atomicWriteFile, atomicWriteFileSync } = await import(entry);
process.setgroups([]);
process.setgid(65_534);
process.setuid(65_534);

const writers = {
  async: [atomicWriteFile, fs.promises.writeFile],
  sync: [async (...call) => atomicWriteFileSync(...call), fs.promises.writeFile],
}[how];
const told = (error) => `${error.code} ${path.basename(error.path ?? "")}`;
const [ours, native] = [
  await writers[0](file, "new").then(() => "well", told),
  await writers[1](file, "new").then(() => "well", told),
];
process.stdout.write(JSON.stringify({ ours, native }));
