// 300 operations at once in a process that may have 64 descriptors.
import { makeFolder, report } from "./support.mjs";

const SUBJECTS = [
  "fs.writeFile",
  "write-file-atomic",
  "atomically",
  "ours, file",
  "child_process.spawn",
  "execa",
  "ours, ctx.spawn",
];

export async function descriptors() {
  const rows = [];
  for (const name of SUBJECTS) {
    const { well, failed } = await report("many.mjs", [name, makeFolder()]);
    rows.push([name, failed ?? well]);
  }
  return {
    title: "Out of descriptors: 300 operations at once with 64 of them",
    columns: ["operation", "went well, of 300"],
    rows,
  };
}
