import * as fs from "node:fs";
import * as path from "node:path";
import { codeOf } from "../atomic-write/errors.js";
import { ManagedResource } from "../managed-resource.js";
import { expectFunction, expectOptions } from "../validate.js";
import { expectMode, expectPath } from "./arguments.js";
import { resolveInside } from "./inside.js";

/** How a folder is made. */
export interface DirectoryOptions {
  /** Permissions of the folders that are made, before the umask. Default: 0o777. */
  readonly mode?: number;
  /** The folder that the path must not lead out of. */
  readonly root?: string | URL;
}

const ALL = 0o777;

/**
 * Makes a folder, with those above it. Closed without `keep()`, it removes those that it made, the deepest first, as long
 * as they are empty; what was there before, or has something in it by then, stays.
 */
export class SafeDirectoryCreator extends ManagedResource<string> {
  readonly kind = "directory";
  /** The path as it was given. */
  readonly path: string;
  readonly #mode: number;
  readonly #root: string | undefined;
  /** The deepest first. */
  #made: string[] = [];

  constructor(path: string | URL, options?: DirectoryOptions) {
    super();
    this.path = expectPath("path", path);
    const { mode = ALL, root } = expectOptions("options", options, ["mode", "root"]);
    this.#mode = expectMode("mode", mode);
    this.#root = root === undefined ? undefined : expectPath("root", root);
  }

  /** The folders that were made, the deepest first. */
  get created(): readonly string[] {
    return [...this.#made];
  }

  /** All went well: the folders stay. */
  keep(): void {
    this.#made = [];
  }

  protected async onInitialize(): Promise<string> {
    const folder =
      this.#root === undefined ? path.resolve(this.path) : await resolveInside(this.#root, this.path);
    try {
      await this.#make(folder);
    } catch (error) {
      await this.onClose();
      throw error;
    }
    return folder;
  }

  protected async onClose(): Promise<void> {
    for (const folder of this.#made.splice(0)) {
      // What is above a folder that is not empty is not empty either.
      if (!(await removeIfEmpty(folder))) return;
    }
  }

  protected override onCloseSync(): void {
    for (const folder of this.#made.splice(0)) if (!removeIfEmptySync(folder)) return;
  }

  /** One by one, for only so it is certain which of them we made, when others make some at the same time. */
  async #make(folder: string): Promise<void> {
    if (await isFolder(folder)) return;
    const parent = path.dirname(folder);
    if (parent !== folder) await this.#make(parent);
    try {
      await fs.promises.mkdir(folder, this.#mode);
      this.#made.unshift(folder);
    } catch (error) {
      if (codeOf(error) !== "EEXIST" || !(await isFolder(folder))) throw error;
    }
  }
}

/** Makes a folder, runs `body` with its path, and takes back what it made when `body` fails. */
export async function withSafeDirectory<T>(
  path: string | URL,
  options: DirectoryOptions,
  body: (folder: string) => T | PromiseLike<T>,
): Promise<T> {
  expectFunction("body", body);
  const creator = new SafeDirectoryCreator(path, options);
  try {
    const result = await body(await creator.initialize());
    creator.keep();
    return result;
  } finally {
    await creator.close();
  }
}

async function isFolder(place: string): Promise<boolean> {
  try {
    return (await fs.promises.stat(place)).isDirectory();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

const STAYS = new Set(["ENOTEMPTY", "EEXIST", "ENOENT", "EBUSY"]);

async function removeIfEmpty(folder: string): Promise<boolean> {
  try {
    await fs.promises.rmdir(folder);
    return true;
  } catch (error) {
    return stays(error);
  }
}

function removeIfEmptySync(folder: string): boolean {
  try {
    fs.rmdirSync(folder);
    return true;
  } catch (error) {
    return stays(error);
  }
}

/** Somebody uses it, or has removed it; one that is gone says nothing about those above it. */
function stays(error: unknown): boolean {
  if (!STAYS.has(codeOf(error) ?? "")) throw error;
  return codeOf(error) === "ENOENT";
}
