import * as fs from "node:fs";
import * as path from "node:path";
import { change, changesFor } from "../../atomic-write/attributes.js";
import { resolveEntryInside, resolveInside } from "../inside.js";
import { fsError, stagedAt, statIfAny, type Step } from "./steps.js";

/** What was asked for, in the words of the caller. */
export type Operation =
  | { readonly do: "write"; readonly path: string; readonly data: Uint8Array; readonly mode: number }
  | { readonly do: "copy"; readonly path: string; readonly to: string }
  | { readonly do: "move"; readonly path: string; readonly to: string }
  | { readonly do: "delete"; readonly path: string }
  | { readonly do: "mkdir"; readonly path: string };

/** One step for each operation, with all new files staged in the working folder and on the disk. */
export async function stage(
  root: string,
  work: string,
  operations: readonly Operation[],
): Promise<readonly Step[]> {
  const staging = new Staging(root, work);
  const steps: Step[] = [];
  for (const [id, operation] of operations.entries()) steps.push(await staging.step(id, operation));
  return steps;
}

/** Knows what will be where when the steps so far are done: a copy may be of a file that the same batch writes. */
class Staging {
  readonly #root: string;
  readonly #work: string;
  /** Where the content of a path is now, or `undefined` when it is gone. */
  readonly #changed = new Map<string, string | undefined>();

  constructor(root: string, work: string) {
    this.#root = root;
    this.#work = work;
  }

  async step(id: number, operation: Operation): Promise<Step> {
    switch (operation.do) {
      case "write":
        return this.#put(id, operation.path, (place) => writeNew(place, operation.data, operation.mode));
      case "copy": {
        const from = this.#now(await resolveInside(this.#root, operation.path), operation.path);
        return this.#put(id, operation.to, (place) => copyNew(from, place));
      }
      case "move": {
        const [from, to] = [await this.#entry(operation.path), await this.#entry(operation.to)];
        this.#changed.set(to, this.#now(from, operation.path)).set(from, undefined);
        return { do: "move", id, from, to };
      }
      case "delete": {
        const place = await this.#entry(operation.path);
        this.#changed.set(place, undefined);
        return { do: "remove", id, path: place };
      }
      case "mkdir":
        return { do: "mkdir", id, path: await this.#entry(operation.path) };
    }
  }

  async #put(id: number, target: string, make: (place: string) => Promise<void>): Promise<Step> {
    const place = await resolveInside(this.#root, target);
    const staged = stagedAt(this.#work, id);
    await make(staged);
    await lookLike(staged, place);
    await flush(staged);
    this.#changed.set(place, staged);
    return { do: "put", id, path: place };
  }

  /** A link itself, and not what it leads to: that is what is moved or deleted. */
  async #entry(target: string): Promise<string> {
    const place = await resolveEntryInside(this.#root, target);
    if (place !== this.#root) return place;
    throw fsError("EBUSY", "the root of the batch itself cannot be changed", target);
  }

  /** Where the content is that `place` will have. */
  #now(place: string, asked: string): string {
    for (let folder = place; ; folder = path.dirname(folder)) {
      if (this.#changed.has(folder)) {
        const now = this.#changed.get(folder);
        if (now === undefined)
          throw fsError("ENOENT", "no such file or directory in the course of the batch,", asked);
        return path.join(now, path.relative(folder, place));
      }
      if (folder === path.dirname(folder)) return place;
    }
  }
}

async function writeNew(place: string, data: Uint8Array, mode: number): Promise<void> {
  await fs.promises.writeFile(place, data, { flag: "wx", mode });
}

async function copyNew(from: string, place: string): Promise<void> {
  const { COPYFILE_EXCL, COPYFILE_FICLONE } = fs.constants;
  await fs.promises.copyFile(from, place, COPYFILE_EXCL | COPYFILE_FICLONE);
}

/** A file that is replaced keeps its mode and its owner. */
async function lookLike(staged: string, place: string): Promise<void> {
  const old = await statIfAny(place);
  if (old?.isFile() !== true) return;
  const [from, to] = await Promise.all([fs.promises.stat(place), fs.promises.stat(staged)]);
  await change(staged, changesFor(to, from));
}

async function flush(place: string): Promise<void> {
  const handle = await fs.promises.open(place, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
