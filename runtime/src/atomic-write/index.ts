import * as fs from "node:fs";
import { run } from "./calls.js";
import { write } from "./commit.js";
import { writeSync } from "./commit-sync.js";
import { understand, type Durability } from "./request.js";

type NativeData = Parameters<typeof fs.promises.writeFile>[1];

/** Everything `fs.writeFile` takes, and how much must have reached the disk when the call is done. */
export type AtomicWriteOptions =
  | Parameters<typeof fs.promises.writeFile>[2]
  | fs.WriteFileOptions
  | (Exclude<fs.WriteFileOptions, string | null> & {
      /**
       * `"file"` (default): the bytes are on disk before the file takes its name, so that a power cut leaves
       * the old file or the new one. `"full"`: the name as well. `"none"`: neither; safe against a crash of
       * the process only.
       */
      durability?: Durability | undefined;
    });

export type { Durability };

type Callback = (error: unknown) => void;

/**
 * `fs.writeFile` and `fs.promises.writeFile`, but other processes see the old file or the new one and nothing
 * in between, also when this process is killed half way or the disk is full.
 *
 * The bytes go to a new file in the same directory, which is renamed over the old one. Links are followed;
 * mode and owner are kept; extended attributes, ACLs and the inode number are not, because Node cannot copy
 * them. Writes to one file end in the order of the calls.
 *
 * What cannot be replaced is written in place, as `fs.writeFile` does it: devices, pipes, files with several
 * names, mount points, files in directories that take no new files. Descriptors, `FileHandle`s and flags
 * other than `"w"` go to `fs` unchanged.
 *
 * @throws what `fs` throws for the same arguments, about the path that was passed.
 */
export function atomicWriteFile(
  path: fs.PathOrFileDescriptor | fs.promises.FileHandle,
  data: NativeData,
  options?: AtomicWriteOptions,
): Promise<void>;
// eslint-disable-next-line max-params -- the callback form of `fs.writeFile` has four
export function atomicWriteFile(
  path: fs.PathOrFileDescriptor,
  data: string | NodeJS.ArrayBufferView,
  options: AtomicWriteOptions | undefined,
  callback: fs.NoParamCallback,
): void;
export function atomicWriteFile(
  path: fs.PathOrFileDescriptor,
  data: string | NodeJS.ArrayBufferView,
  callback: fs.NoParamCallback,
): void;
export function atomicWriteFile(...call: unknown[]): Promise<void> | void {
  const [, , third, fourth] = call;
  const callback = fourth ?? third;
  if (isCallback(callback)) return writeThenCall(call, callback);
  if (fourth !== undefined) return Reflect.apply(fs.writeFile, fs, call);
  return writeAsync(call);
}

/**
 * `fs.writeFileSync` with the promises of {@link atomicWriteFile}. It is the newest write to its file even
 * when asynchronous ones are still under way.
 */
export function atomicWriteFileSync(
  path: fs.PathOrFileDescriptor,
  data: string | NodeJS.ArrayBufferView,
  options?: AtomicWriteOptions,
): void;
export function atomicWriteFileSync(...call: unknown[]): void {
  const request = understand(call);
  if (!(request?.payload instanceof Uint8Array)) return Reflect.apply(fs.writeFileSync, fs, call);
  writeSync(request, request.payload);
}

function writeThenCall(call: unknown[], callback: Callback): void {
  const request = understand(call);
  // Wrong arguments throw here and now, and `fs` knows the words. The callback form takes no iterables.
  if (!(request?.payload instanceof Uint8Array)) return Reflect.apply(fs.writeFile, fs, call);
  const succeed = (): void => void callback(null);
  const fail = (error: unknown): void => void callback(error);
  // What a callback throws is an uncaught exception, as with `fs`, and not the rejection of a hidden promise.
  write(request).then(succeed, fail).catch(throwUncaught);
}

function isCallback(value: unknown): value is Callback {
  return typeof value === "function";
}

function throwUncaught(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}

async function writeAsync(call: unknown[]): Promise<void> {
  const request = understand(call);
  if (request) return void (await write(request));
  if (typeof call[0] === "number") return writeToDescriptor(call);
  return Reflect.apply(fs.promises.writeFile, fs.promises, call);
}

/** `fs.promises` takes no descriptors, but the promise form of fs-extra does. */
function writeToDescriptor([fd, data, options]: unknown[]): Promise<void> {
  return run((done) => Reflect.apply(fs.writeFile, fs, [fd, data, options, done]));
}
