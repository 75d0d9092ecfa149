import { abortError } from "../atomic-write/errors.js";
import { write } from "../atomic-write/commit.js";
import {
  understand,
  type Durability,
  type Piece,
  type Request,
  type Written,
} from "../atomic-write/request.js";
import { ResourceStateError } from "../errors.js";
import { ManagedResource } from "../managed-resource.js";
import { expectBoolean, expectFunction, expectOneOf, expectOptions } from "../validate.js";
import { expectEncoding, expectMode, expectPath, expectPiece, expectSignal } from "./arguments.js";
import { Channel } from "./channel.js";
import { resolveInside } from "./inside.js";

/** How a file is written. */
export interface AtomicWriterOptions {
  /**
   * What survives a power cut. `"file"` (default): the old file or the new one is there. `"full"`: it is the new one
   * as soon as `commit()` has resolved. `"none"`: neither is certain, a crash of the process does no harm.
   */
  readonly durability?: Durability;
  /** Permissions of a file that is created, before the umask. One that is there keeps its own. Default: 0o666. */
  readonly mode?: number;
  /** Of the strings that are written. Default: utf8. */
  readonly encoding?: BufferEncoding;
  /** Keep the old file under a new name of its own next to it. Default: false. */
  readonly backup?: boolean;
  /** What happens to a file with several names: `"keep"` (default) writes into it, `"break"` replaces this one name. */
  readonly hardLinks?: "keep" | "break";
  /** `"all"` keeps extended attributes and ACLs, too, at the price of a helper process. Default: `"basic"`. */
  readonly attributes?: "basic" | "all";
  /** Aborts the write: the old file stays. */
  readonly signal?: AbortSignal;
  /** The folder that the path must not lead out of. */
  readonly root?: string | URL;
}

/** What a commit did. */
export interface AtomicWriteResult {
  /** Where the file really is. */
  readonly path: string;
  /**
   * `replaced`: in one step. `in place`: the file could not be replaced (several names, a mount point, a device, a
   * folder that takes no new files), so that a kill -9 in the middle could have torn it. `superseded`: another write to
   * the same file came last.
   */
  readonly how: "replaced" | "in place" | "superseded";
  /** The path of the backup, if one was asked for and there was something to keep. */
  readonly backup: string | undefined;
}

const KNOWN = [
  "durability",
  "mode",
  "encoding",
  "backup",
  "hardLinks",
  "attributes",
  "signal",
  "root",
] as const;

/** A write that is under way. */
interface Work {
  readonly path: string;
  readonly pieces: Channel<Piece>;
  readonly written: Promise<Written>;
  readonly stopListening: () => void;
}

/** Why a write that nobody committed ended, and a piece that came too late was not written. */
class RolledBack extends Error {
  constructor() {
    super("The write was committed or rolled back meanwhile.");
  }
}

/**
 * Writes a file piece by piece. Until `commit()` the old file stays as it is, and without it (an error, the end of the
 * scope, the end of the process, however it comes) it stays for good and nothing is left behind.
 */
export class AtomicFileWriter extends ManagedResource<string> {
  readonly kind = "atomicWrite";
  /** The path as it was given. */
  readonly path: string;
  readonly #options: AtomicWriterOptions;
  #work: Work | undefined;

  constructor(path: string | URL, options?: AtomicWriterOptions) {
    super();
    this.path = expectPath("path", path);
    this.#options = understandOptions(options);
  }

  /** Adds to the new content. Resolves when it has been taken in, so whoever awaits it never fills up the memory. */
  async write(piece: string | NodeJS.ArrayBufferView): Promise<void> {
    expectPiece("piece", piece);
    const { pieces } = await this.#begun();
    await pieces.push(piece);
  }

  /** Makes the new content the file, and closes the writer. */
  async commit(): Promise<AtomicWriteResult> {
    const { path, pieces, written } = await this.#begun();
    pieces.end();
    try {
      return { path, ...(await written) };
    } finally {
      await this.close();
    }
  }

  /** Leaves the file as it is, and closes the writer. */
  rollback(): Promise<void> {
    return this.close();
  }

  protected async onInitialize(): Promise<string> {
    const { root } = this.#options;
    const path = root === undefined ? this.path : await resolveInside(root, this.path);
    this.#work = begin(path, this.#options);
    return path;
  }

  protected async onClose(): Promise<void> {
    const work = this.#work;
    this.#work = undefined;
    if (work === undefined) return;
    // After a commit nobody listens to this any more.
    work.pieces.fail(new RolledBack());
    // What went wrong was told to whoever wrote or committed.
    await work.written.then(
      () => undefined,
      () => undefined,
    );
    work.stopListening();
  }

  async #begun(): Promise<Work> {
    await this.initialize();
    if (this.#work === undefined) throw new ResourceStateError(this.kind, this.state, "write");
    return this.#work;
  }
}

/**
 * Opens a writer, runs `body` with it and commits, or leaves the file as it is when `body` fails. A body that commits or
 * rolls back by itself has the last word.
 */
export async function atomicFileWrite<T>(
  path: string | URL,
  options: AtomicWriterOptions,
  body: (writer: AtomicFileWriter) => T | PromiseLike<T>,
): Promise<T> {
  expectFunction("body", body);
  const writer = new AtomicFileWriter(path, options);
  try {
    await writer.initialize();
    const result = await body(writer);
    if (writer.state === "open") await writer.commit();
    return result;
  } finally {
    await writer.rollback();
  }
}

function begin(path: string, options: AtomicWriterOptions): Work {
  const { signal } = options;
  const pieces = new Channel<Piece>();
  const abort = (): void => pieces.fail(signal && abortError(signal));
  signal?.addEventListener("abort", abort, { once: true });
  const written = write(requestFor(path, pieces, options));
  written.then(
    () => pieces.close(new RolledBack()),
    (error: unknown) => pieces.close(error),
  );
  return { path, pieces, written, stopListening: () => signal?.removeEventListener("abort", abort) };
}

function requestFor(path: string, pieces: Channel<Piece>, options: AtomicWriterOptions): Request {
  const { durability, mode, encoding, signal } = options;
  const request = understand([path, pieces, { durability, mode, encoding, signal }]);
  // Only a path that ends in a slash or a working directory that is gone can be in the way here.
  if (request === undefined)
    throw Object.assign(new Error(`EISDIR: not a file, '${path}'`), { code: "EISDIR", path });
  const wishes = {
    ordersByEnd: true,
    breaksLinks: options.hardLinks === "break",
    copiesAttributes: options.attributes === "all",
    keepsBackup: options.backup === true,
  };
  return { ...request, wishes };
}

function understandOptions(given: AtomicWriterOptions | undefined): AtomicWriterOptions {
  const options = expectOptions("options", given, KNOWN);
  const { durability, mode, encoding, backup, hardLinks, attributes, signal, root } = options;
  if (durability !== undefined) expectOneOf("durability", durability, ["none", "file", "full"]);
  if (mode !== undefined) expectMode("mode", mode);
  if (encoding !== undefined) expectEncoding("encoding", encoding);
  if (backup !== undefined) expectBoolean("backup", backup);
  if (hardLinks !== undefined) expectOneOf("hardLinks", hardLinks, ["keep", "break"]);
  if (attributes !== undefined) expectOneOf("attributes", attributes, ["basic", "all"]);
  if (signal !== undefined) expectSignal("signal", signal);
  if (root !== undefined) expectPath("root", root);
  return options;
}
