// What an application pays for the core of the runtime: bundled, minified and gzipped, against a limit.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Bytes after gzip. Raise one only with a reason in the commit. */
const bundles = [
  { name: "the whole core", contents: 'export * from "./runtime/dist/esm/index.js";', limit: 32_000 },
  {
    name: "what rewritten code imports",
    contents: 'export { atomicWriteFile, ResourceContext } from "./runtime/dist/esm/index.js";',
    limit: 26_000,
  },
];

for (const { name, contents, limit } of bundles) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: "." },
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    write: false,
    logLevel: "error",
  });
  const [output] = outputFiles;
  const size = gzipSync(output.contents).length;
  console.log(`${name}: ${output.contents.length} bytes minified, ${size} gzipped, limit ${limit}`);
  if (size <= limit) continue;
  console.error(`${name} is ${size - limit} bytes over its limit.`);
  process.exitCode = 1;
}
