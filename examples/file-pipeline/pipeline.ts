// Takes the text files in <folder>/in, sorts the lines of each with `sort`, compresses them, and puts them into
// <folder>/out with a line in out/index.json.
//
//   node --import tsx pipeline.ts <folder>
//
// A file leaves `in`, appears in `out` and is named in the index at once or not at all, whenever this program is
// interrupted or killed. Only one pipeline works on a folder at a time.
import { createWriteStream } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { once } from "node:events";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { ResourceContext } from "resource-context";
import { BatchFileOperations, resolveInside, withLockedFile } from "resource-context/files";

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: pipeline.ts <folder>");
  process.exit(2);
}
await mkdir(path.join(folder, "out"), { recursive: true });
await withLockedFile(path.join(folder, "pipeline"), {}, () => publishAll(folder));

async function publishAll(root: string): Promise<void> {
  // Opening a batch takes back what a killed run left half-done, so it comes before the look into the folder.
  await using recovered = new BatchFileOperations(root);
  await recovered.initialize();
  await recovered.close();
  for (const name of await readdir(path.join(root, "in"))) {
    await publish(root, name);
    console.log(name);
  }
}

async function publish(root: string, name: string): Promise<void> {
  await using ctx = new ResourceContext({ name });
  const source = await resolveInside(root, path.join("in", name));
  const compressed = path.join(ctx.tempDir({ prefix: "pipeline-" }), "sorted.gz");
  await sortInto(ctx, { source, target: compressed });
  const bytes = await readFile(compressed);
  const batch = ctx.use(new BatchFileOperations(root));
  const index = { ...(await readIndex(root)), [name]: bytes.length };
  await batch
    .write(`out/${name}.gz`, bytes)
    .write("out/index.json", `${JSON.stringify(index, null, 2)}\n`)
    .delete(`in/${name}`)
    .commit();
}

/** A `sort` that fails, or a disk that is full, ends both the child and the stream. */
async function sortInto(
  ctx: ResourceContext,
  { source, target }: { readonly source: string; readonly target: string },
): Promise<void> {
  const sort = ctx.spawn("sort", ["--", source], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(sort, "close");
  await pipeline(sort.stdout, createGzip(), createWriteStream(target));
  const [code] = await ended;
  if (code !== 0) throw new Error(`sort ended with ${code}`);
}

async function readIndex(root: string): Promise<Readonly<Record<string, number>>> {
  try {
    return JSON.parse(await readFile(path.join(root, "out/index.json"), "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}
