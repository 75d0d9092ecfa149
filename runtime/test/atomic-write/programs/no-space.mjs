// Writes more than fits and tells what became of the error, the old file and the directory.
import * as fs from "node:fs";
import * as path from "node:path";

const [entry, how, file, size] = process.argv.slice(2);
const { atomicWriteFile, atomicWriteFileSync } = await import(entry);
const forms = {
  async: () => atomicWriteFile(file, Buffer.alloc(Number(size), "n")),
  sync: async () => atomicWriteFileSync(file, Buffer.alloc(Number(size), "n")),
  source: () =>
    atomicWriteFile(
      file,
      Array.from({ length: 64 }, () => Buffer.alloc(Number(size) / 64, "n")),
    ),
  fs: () => fs.promises.writeFile(file, Buffer.alloc(Number(size), "n")),
};
const error = await forms[how]().then(
  () => undefined,
  (reason) => reason,
);
const content = fs.readFileSync(file);
process.stdout.write(
  JSON.stringify({
    code: error?.code,
    syscall: error?.syscall,
    isOld: content.equals(Buffer.alloc(content.length, "o")) && content.length === 300 * 1024,
    names: fs.readdirSync(path.dirname(file)),
  }),
);
