import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { atomicWriteFile, atomicWriteFileSync } from "../../src/atomic-write/index.js";
import { picture, runForm, type Form, type Outcome, type Writer } from "./support/outcome.js";
import { makePlace } from "./support/places.js";

/** Arguments after the directory is known. Run once with `fs` and once with ours; nothing may differ. */
interface Shape {
  readonly name: string;
  readonly call: (directory: string) => readonly unknown[];
  readonly before?: (directory: string) => void;
  readonly forms?: readonly Form[];
}

const native: Writer = {
  callback: (...call) => Reflect.apply(fs.writeFile, fs, call),
  promise: (...call) => Reflect.apply(fs.promises.writeFile, fs.promises, call),
  sync: (...call) => Reflect.apply(fs.writeFileSync, fs, call),
};
const ours: Writer = {
  callback: (...call) => Reflect.apply(atomicWriteFile, undefined, call),
  promise: (...call) => Reflect.apply(atomicWriteFile, undefined, call),
  sync: (...call) => Reflect.apply(atomicWriteFileSync, undefined, call),
};

const log = (directory: string): string => path.join(directory, "server.log");
const old =
  (mode = 0o644) =>
  (directory: string): void => {
    fs.writeFileSync(log(directory), "old content, longer than the new");
    fs.chmodSync(log(directory), mode);
  };
const aborted = (): AbortSignal => AbortSignal.abort(new Error("shutting down"));

const data: readonly Shape[] = [
  { name: "text", call: (d) => [log(d), "listening"] },
  { name: "no text", call: (d) => [log(d), ""] },
  { name: "text over an old file", before: old(), call: (d) => [log(d), "new"] },
  { name: "no text over an old file", before: old(), call: (d) => [log(d), ""] },
  { name: "text beyond ASCII", call: (d) => [log(d), "grüße, 世界, 🌍"] },
  { name: "a lone surrogate", call: (d) => [log(d), "\ud800"] },
  { name: "Buffer", call: (d) => [log(d), Buffer.from([0, 255, 128])] },
  { name: "empty Buffer", call: (d) => [log(d), Buffer.alloc(0)] },
  { name: "a part of a Buffer", call: (d) => [log(d), Buffer.from("0123456789").subarray(3, 5)] },
  { name: "Uint8Array", call: (d) => [log(d), new Uint8Array([1, 2, 3])] },
  { name: "Uint16Array", call: (d) => [log(d), new Uint16Array([1, 2, 3])] },
  { name: "Float64Array", call: (d) => [log(d), new Float64Array([Math.PI])] },
  { name: "BigInt64Array", call: (d) => [log(d), new BigInt64Array([1n, -1n])] },
  { name: "DataView", call: (d) => [log(d), new DataView(new ArrayBuffer(5), 1, 3)] },
  { name: "shared memory", call: (d) => [log(d), new Uint8Array(new SharedArrayBuffer(4))] },
  { name: "number", call: (d) => [log(d), 42] },
  { name: "boolean", call: (d) => [log(d), true] },
  { name: "null", call: (d) => [log(d), null] },
  { name: "undefined", before: old(), call: (d) => [log(d), undefined] },
  { name: "plain object", before: old(), call: (d) => [log(d), { port: 80 }] },
  { name: "object with toString", call: (d) => [log(d), { toString: () => "port 80" }] },
  { name: "String object", call: (d) => [log(d), Object("port 80")], forms: ["callback", "sync"] },
  { name: "Date", call: (d) => [log(d), new Date(0)] },
  { name: "ArrayBuffer", call: (d) => [log(d), new ArrayBuffer(3)] },
  { name: "symbol", call: (d) => [log(d), Symbol("port")] },
  { name: "function", call: (d) => [log(d), () => "port"], forms: ["promise", "sync"] },
  { name: "array of text", call: (d) => [log(d), ["a", "b"]] },
  { name: "array of numbers", call: (d) => [log(d), [1, 2]], forms: ["callback", "sync"] },
  { name: "Set of Buffers", call: (d) => [log(d), new Set([Buffer.from("a"), Buffer.from("b")])] },
  { name: "generator", call: (d) => [log(d), pieces()] },
  { name: "async generator", call: (d) => [log(d), asyncPieces()] },
  { name: "stream", call: (d) => [log(d), Readable.from(["a", "bc"])] },
  { name: "stream of encoded text", call: (d) => [log(d), Readable.from(["6162"]), "hex"] },
];

const options: readonly Shape[] = [
  { name: "undefined", call: (d) => [log(d), "a", undefined] },
  { name: "null", call: (d) => [log(d), "a", null] },
  { name: "an empty object", call: (d) => [log(d), "a", {}] },
  { name: "utf8", call: (d) => [log(d), "ü", "utf8"] },
  { name: "UTF-8", call: (d) => [log(d), "ü", "UTF-8"] },
  { name: "latin1", call: (d) => [log(d), "ü", "latin1"] },
  { name: "utf16le", call: (d) => [log(d), "ü", { encoding: "utf16le" }] },
  { name: "hex", call: (d) => [log(d), "6162", { encoding: "hex" }] },
  { name: "base64", call: (d) => [log(d), "YWI=", "base64"] },
  { name: "encoding null", call: (d) => [log(d), "ü", { encoding: null }] },
  { name: "encoding ''", call: (d) => [log(d), "ü", ""] },
  { name: "unknown encoding", before: old(), call: (d) => [log(d), "a", "utf9"] },
  { name: "unknown encoding in an object", call: (d) => [log(d), "a", { encoding: "utf9" }] },
  { name: "encoding buffer", call: (d) => [log(d), "a", "buffer"] },
  { name: "encoding with a Buffer", call: (d) => [log(d), Buffer.from("a"), "hex"] },
  { name: "number", call: (d) => [log(d), "a", 0o600] },
  { name: "boolean", call: (d) => [log(d), "a", true] },
  { name: "mode 0600", call: (d) => [log(d), "a", { mode: 0o600 }] },
  { name: "mode 0777 and the umask", call: (d) => [log(d), "a", { mode: 0o777 }] },
  { name: "mode 0444", call: (d) => [log(d), "a", { mode: 0o444 }] },
  { name: "mode 0", call: (d) => [log(d), "a", { mode: 0 }] },
  { name: "mode as text", call: (d) => [log(d), "a", { mode: "640" }] },
  { name: "mode null", call: (d) => [log(d), "a", { mode: null }] },
  { name: "mode with setuid", call: (d) => [log(d), "a", { mode: 0o4755 }] },
  { name: "mode over an old file", before: old(0o640), call: (d) => [log(d), "a", { mode: 0o600 }] },
  { name: "mode NaN", call: (d) => [log(d), "a", { mode: Number.NaN }] },
  { name: "mode -1", call: (d) => [log(d), "a", { mode: -1 }] },
  { name: "mode as wrong text", call: (d) => [log(d), "a", { mode: "rw" }] },
  { name: "mode as an object", call: (d) => [log(d), "a", { mode: {} }] },
  { name: "flag w", before: old(), call: (d) => [log(d), "a", { flag: "w" }] },
  { name: "flag a", before: old(), call: (d) => [log(d), "a", { flag: "a" }] },
  { name: "flag wx", before: old(), call: (d) => [log(d), "a", { flag: "wx" }] },
  { name: "flag wx, no file", call: (d) => [log(d), "a", { flag: "wx" }] },
  { name: "flag r+", before: old(), call: (d) => [log(d), "a", { flag: "r+" }] },
  { name: "flag r+, no file", call: (d) => [log(d), "a", { flag: "r+" }] },
  { name: "flag w+", before: old(), call: (d) => [log(d), "a", { flag: "w+" }] },
  { name: "flag as a number", before: old(), call: (d) => [log(d), "a", { flag: fs.constants.O_WRONLY }] },
  { name: "unknown flag", before: old(), call: (d) => [log(d), "a", { flag: "z" }] },
  { name: "flag ''", before: old(), call: (d) => [log(d), "a", { flag: "" }] },
  { name: "flush", call: (d) => [log(d), "a", { flush: true }] },
  { name: "flush off", call: (d) => [log(d), "a", { flush: false }] },
  { name: "flush as text", before: old(), call: (d) => [log(d), "a", { flush: "yes" }] },
  { name: "signal", call: (d) => [log(d), "a", { signal: new AbortController().signal }] },
  { name: "aborted signal", before: old(), call: (d) => [log(d), "a", { signal: aborted() }] },
  { name: "wrong signal", before: old(), call: (d) => [log(d), "a", { signal: "now" }], forms: ["promise"] },
  { name: "unknown option", call: (d) => [log(d), "a", { colour: "red" }] },
];

const paths: readonly Shape[] = [
  { name: "Buffer", call: (d) => [Buffer.from(log(d)), "a"] },
  { name: "Uint8Array", call: (d) => [new Uint8Array(Buffer.from(log(d))), "a"] },
  {
    name: "Buffer that is not UTF-8",
    call: (d) => [Buffer.concat([Buffer.from(`${d}/`), Buffer.from([0xff])]), "a"],
  },
  { name: "URL", call: (d) => [pathToFileURL(log(d)), "a"] },
  { name: "URL with escapes", call: (d) => [pathToFileURL(path.join(d, "a b%c#d")), "a"] },
  { name: "URL without a file", call: (d) => [pathToFileURL(path.join(d, "no", "such")), "a"] },
  { name: "http URL", call: () => [new URL("http://localhost/log"), "a"] },
  { name: "empty", call: () => ["", "a"] },
  { name: "NUL", call: (d) => [`${log(d)}\0`, "a"] },
  { name: "undefined", call: () => [undefined, "a"] },
  { name: "null", call: () => [null, "a"] },
  { name: "an object", call: () => [{}, "a"] },
  { name: "a fraction", call: () => [1.5, "a"] },
  { name: "a closed descriptor", call: () => [99_999, "a"], forms: ["callback", "sync"] },
  { name: "a directory", call: (d) => [d, "a"] },
  { name: "a directory with a slash", call: (d) => [`${d}/`, "a"] },
  { name: "a file with a slash", before: old(), call: (d) => [`${log(d)}/`, "a"] },
  { name: "no file with a slash", call: (d) => [`${log(d)}/`, "a"] },
  { name: "missing parent", call: (d) => [path.join(d, "no", "such"), "a"] },
  { name: "Buffer with a missing parent", call: (d) => [Buffer.from(path.join(d, "no", "such")), "a"] },
  { name: "a file as parent", before: old(), call: (d) => [path.join(log(d), "such"), "a"] },
  { name: "a dot at the end", call: (d) => [`${d}/.`, "a"] },
  {
    name: "two dots inside",
    before: (d) => fs.mkdirSync(`${d}/sub`),
    call: (d) => [`${d}/sub/../server.log`, "a"],
  },
  { name: "a link and two dots", before: linkedDirectory, call: (d) => [`${d}/link/../server.log`, "a"] },
  { name: "a name of 255 bytes", call: (d) => [path.join(d, "x".repeat(255)), "a"] },
  { name: "a name of 256 bytes", call: (d) => [path.join(d, "x".repeat(256)), "a"] },
  { name: "a name of a line break", call: (d) => [path.join(d, "\n"), "a"] },
  {
    name: "a link",
    before: (d) => (old()(d), link(d, "server.log")),
    call: (d) => [path.join(d, "current"), "a"],
  },
  {
    name: "a dangling link",
    before: (d) => link(d, "server.log"),
    call: (d) => [path.join(d, "current"), "a"],
  },
  {
    name: "a link to itself",
    before: (d) => link(d, "current"),
    call: (d) => [path.join(d, "current"), "a"],
  },
  {
    name: "a link into nowhere",
    before: (d) => link(d, "no/such"),
    call: (d) => [path.join(d, "current"), "a"],
  },
  { name: "a link to a directory", before: (d) => link(d, "."), call: (d) => [path.join(d, "current"), "a"] },
  {
    name: "a link with a slash",
    before: (d) => link(d, "server.log/"),
    call: (d) => [path.join(d, "current"), "a"],
  },
  { name: "a relative path", call: (d) => [path.relative(process.cwd(), log(d)), "a"] },
  { name: "a relative missing parent", call: () => ["no/such/file", "a"] },
];

for (const [topic, shapes] of Object.entries({ data, options, paths })) {
  for (const shape of shapes) {
    test(`${topic}: ${shape.name}`, async () => {
      for (const form of shape.forms ?? (["callback", "promise", "sync"] as const)) {
        expect(await observe(ours, form, shape), form).toEqual(await observe(native, form, shape));
      }
    });
  }
}

test("there are enough shapes to mean something", () => {
  expect(data.length + options.length + paths.length).toBeGreaterThan(100);
});

interface Observation {
  readonly outcome: Outcome;
  readonly files: readonly string[];
}

async function observe(writer: Writer, form: Form, shape: Shape): Promise<Observation> {
  const directory = makePlace();
  shape.before?.(directory);
  const outcome = await runForm(writer, form, shape.call(directory));
  const text = JSON.stringify({ outcome, files: picture(directory) });
  return JSON.parse(text.replaceAll(path.basename(directory), "<place>"));
}

function* pieces(): Generator<string | Uint8Array> {
  yield "a";
  yield new Uint8Array([98, 99]);
}

async function* asyncPieces(): AsyncGenerator<string | Uint8Array> {
  yield* pieces();
}

function link(directory: string, target: string): void {
  fs.symlinkSync(target, path.join(directory, "current"));
}

function linkedDirectory(directory: string): void {
  fs.mkdirSync(path.join(directory, "a/b"), { recursive: true });
  fs.symlinkSync("a/b", path.join(directory, "link"));
}
