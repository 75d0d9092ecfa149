import * as fs from "node:fs";
import * as path from "node:path";
import { codeOf } from "../atomic-write/errors.js";
import { expectBoolean, expectInteger, expectOptions } from "../validate.js";
import { expectPath } from "./arguments.js";
import { copyWhole, placeCopy } from "./copy.js";
import { decodeText, type DecodedText } from "./decode.js";
import { FileTooLargeError } from "./errors.js";
import { resolveEntryInside, resolveInside } from "./inside.js";
import { wipe } from "./wipe.js";

/** What the operations may do. */
export interface SafeFileOptions {
  /** The folder that no path may lead out of; relative paths are relative to it. Default: no such folder. */
  readonly root?: string | URL;
  /** The most bytes that are read or copied at a time. Default: 268,435,456 (256 MiB). */
  readonly maxSize?: number;
}

const DEFAULT_MAX = 256 * 1024 * 1024;
const CHUNK = 64 * 1024;

/** Reads, copies, moves and removes single files, without the surprises of the plain calls. */
export class SafeFileOperations {
  readonly #root: string | undefined;
  readonly #maxSize: number;

  constructor(options?: SafeFileOptions) {
    const { root, maxSize = DEFAULT_MAX } = expectOptions("options", options, ["root", "maxSize"]);
    this.#root = root === undefined ? undefined : expectPath("root", root);
    this.#maxSize = expectInteger("maxSize", maxSize, { min: 0 });
  }

  /** All bytes of a file; never more than `maxSize`, whatever its size is said to be. */
  async read(file: string | URL): Promise<Buffer> {
    const place = await this.#resolve("file", file);
    const handle = await fs.promises.open(place, "r");
    try {
      return await this.#readAll(handle, place);
    } finally {
      await handle.close();
    }
  }

  /** A file as text, in whatever of the usual encodings it is written. */
  async readText(file: string | URL): Promise<string> {
    return (await this.decode(file)).text;
  }

  /** A file as text, and the encoding that it was found to have: UTF-8, UTF-16 with a mark, or Windows 1252. */
  async decode(file: string | URL): Promise<DecodedText> {
    return decodeText(await this.read(file));
  }

  /** Copies a file: `to` has all of it or does not change. A file that is there is only replaced with `overwrite`. */
  async copy(
    from: string | URL,
    to: string | URL,
    options?: { readonly overwrite?: boolean },
  ): Promise<void> {
    const overwrite = readFlag(options, "overwrite");
    const [source, target] = [await this.#resolve("from", from), await this.#resolve("to", to)];
    const { size } = await fs.promises.stat(source);
    if (size > this.#maxSize) throw new FileTooLargeError(source, this.#maxSize);
    await copyWhole(source, target, overwrite);
  }

  /** Moves a file, also to another file system, where it is copied first and removed last. */
  async move(
    from: string | URL,
    to: string | URL,
    options?: { readonly overwrite?: boolean },
  ): Promise<void> {
    const overwrite = readFlag(options, "overwrite");
    const [source, target] = [await this.#resolve("from", from), await this.#resolve("to", to)];
    try {
      await placeCopy(source, target, overwrite);
    } catch (error) {
      if (codeOf(error) !== "EXDEV") throw error;
      await copyWhole(source, target, overwrite);
      await fs.promises.unlink(source);
    }
  }

  /**
   * Removes a file, and answers whether there was one. A folder is refused. With `wipe`, its content is overwritten
   * first; on a solid state disk or a file system that copies on write, old blocks may outlive that.
   */
  async remove(file: string | URL, options?: { readonly wipe?: boolean }): Promise<boolean> {
    const isWiped = readFlag(options, "wipe");
    const asked = expectPath("file", file);
    const place = this.#root === undefined ? asked : await resolveEntryInside(this.#root, asked);
    try {
      if (isWiped) await wipe(place);
      await fs.promises.unlink(place);
      return true;
    } catch (error) {
      if (codeOf(error) === "ENOENT") return false;
      throw error;
    }
  }

  #resolve(name: string, asked: string | URL): Promise<string> {
    const place = expectPath(name, asked);
    return this.#root === undefined ? Promise.resolve(path.resolve(place)) : resolveInside(this.#root, place);
  }

  async #readAll(handle: fs.promises.FileHandle, place: string): Promise<Buffer> {
    const { size } = await handle.stat();
    if (size > this.#maxSize) throw new FileTooLargeError(place, this.#maxSize);
    const pieces: Buffer[] = [];
    // Files in /proc say 0, and others grow while they are read.
    for (let total = 0; ;) {
      const piece = Buffer.allocUnsafe(Math.max(CHUNK, Math.min(size - total + 1, this.#maxSize + 1)));
      const { bytesRead } = await handle.read(piece, 0, piece.length, null);
      if (bytesRead === 0) return Buffer.concat(pieces);
      total += bytesRead;
      if (total > this.#maxSize) throw new FileTooLargeError(place, this.#maxSize);
      pieces.push(piece.subarray(0, bytesRead));
    }
  }
}

function readFlag<K extends string>(
  options: { readonly [key in K]?: boolean } | undefined,
  name: K,
): boolean {
  const value = expectOptions("options", options, [name])[name];
  return value === undefined ? false : expectBoolean(name, value);
}
