// Call sites as they are found in projects, with the function's name exchanged. Each compiles with `fs`; the
// test compiles the originals first, then these. Nothing here is ever run.
import * as fs from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { writeFile, writeFileSync } from "./subject.js";

declare const handle: FileHandle;
declare const stream: Readable;
declare const where: fs.PathLike;
declare const anywhere: fs.PathOrFileDescriptor;
declare const options: fs.WriteFileOptions;
declare const objectOptions: fs.ObjectEncodingOptions & { mode?: fs.Mode; flag?: fs.OpenMode };
declare const encoding: BufferEncoding;
declare const bytes: NodeJS.ArrayBufferView;
declare const chunks: AsyncIterable<string>;
declare const signal: AbortSignal;
declare const done: fs.NoParamCallback;

export async function promises(): Promise<void> {
  await writeFile.promise("a", "b");
  await writeFile.promise(where, bytes);
  await writeFile.promise(new URL("file:///a"), Buffer.from("b"), "utf8");
  await writeFile.promise(Buffer.from("a"), new Uint16Array(1), { encoding: "utf8", mode: 0o600, flag: "w" });
  await writeFile.promise(handle, new DataView(new ArrayBuffer(1)), null);
  await writeFile.promise("a", chunks, { encoding, signal, flush: true });
  await writeFile.promise("a", stream, undefined);
  await writeFile.promise("a", ["b", "c"], { mode: "600", flag: fs.constants.O_RDWR });
  await writeFile.promise("a", new Set([Buffer.from("b")]), objectOptions);
  await writeFile.promise("a", "b", { encoding: undefined, mode: undefined, flag: undefined });
  const chained: Promise<void> = writeFile.promise("a", "b").then(() => undefined);
  await Promise.all([writeFile.promise("a", "b", options), chained]);
  await Promise.all(["a", "b"].map((name) => writeFile.promise(name, name)));
}

export function callbacks(): void {
  writeFile.callback("a", "b", () => undefined);
  writeFile.callback("a", "b", (error) => console.log(error?.code));
  writeFile.callback(anywhere, bytes, "utf8", done);
  writeFile.callback(where, Buffer.from("b"), { encoding: "utf8", mode: 0o600, flag: "w" }, done);
  writeFile.callback(3, "b", options, done);
  writeFile.callback("a", "b", null, (error) => {
    if (error) throw error;
  });
  writeFile.callback("a", "b", { signal, flush: true }, (error: NodeJS.ErrnoException | null) => void error);
  const result: void = writeFile.callback("a", "b", done);
  return result;
}

export function syncs(): void {
  writeFileSync("a", "b");
  writeFileSync(where, bytes);
  writeFileSync(anywhere, Buffer.from("b"), "utf8");
  writeFileSync(3, new Uint8Array(1), options);
  writeFileSync(new URL("file:///a"), "b", { encoding, mode: 0o600, flag: "w", flush: true });
  writeFileSync("a", "b", null);
  const result: void = writeFileSync("a", "b", undefined);
  return result;
}

export const promisified: (file: string, data: string) => Promise<void> = promisify(writeFile.callback);

export function mistakes(): void {
  // @ts-expect-error a number is no data
  void writeFile.promise("a", 42);
  // @ts-expect-error a list is data for promises only
  writeFileSync("a", ["b"]);
  // @ts-expect-error no such encoding
  writeFileSync("a", "b", "utf9");
  // @ts-expect-error no such option
  writeFileSync("a", "b", { colour: "red" });
}
