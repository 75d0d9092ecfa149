// What an application pays for the core of the runtime: bundled, minified and gzipped, against a limit.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Bytes of the core after gzip. Raise it only with a reason in the commit. */
const limit = 16_000;

const { outputFiles } = await build({
  stdin: { contents: 'export * from "./runtime/dist/esm/index.js";', resolveDir: "." },
  bundle: true,
  minify: true,
  platform: "node",
  format: "esm",
  write: false,
  logLevel: "error",
});
const [{ contents }] = outputFiles;
const size = gzipSync(contents).length;
console.log(`resource-context: ${contents.length} bytes minified, ${size} gzipped, limit ${limit}`);
if (size > limit) {
  console.error(`The core is ${size - limit} bytes over its limit.`);
  process.exitCode = 1;
}
