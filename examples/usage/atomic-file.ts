// A file that is replaced as a whole, or not at all.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { atomicFileWrite } from "resource-context/files";

const folder = await mkdtemp(path.join(tmpdir(), "atomic-file-"));
const settings = path.join(folder, "settings.json");

await atomicFileWrite(settings, {}, async (writer) => {
  await writer.write('{ "theme": ');
  await writer.write('"dark" }\n');
}); // committed

await atomicFileWrite(settings, {}, async (writer) => {
  await writer.write('{ "theme": ');
  throw new Error("the disk is full");
}).catch((error: unknown) => console.log(String(error))); // rolled back

console.log(await readFile(settings, "utf8"));
await rm(folder, { recursive: true });
