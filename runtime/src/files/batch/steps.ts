import * as fs from "node:fs";
import * as path from "node:path";
import { codeOf } from "../../atomic-write/errors.js";

/** What a batch does to the disk, in its order. All of it can be undone, from any point in the middle. */
export type Step =
  /** Puts the file that was staged under `id` in the place of `path`. */
  | { readonly do: "put"; readonly id: number; readonly path: string }
  /** Renames; a file that is at `to` is kept under `id`. */
  | { readonly do: "move"; readonly id: number; readonly from: string; readonly to: string }
  /** Keeps what is at `path` under `id`, until the batch is done. */
  | { readonly do: "remove"; readonly id: number; readonly path: string }
  | { readonly do: "mkdir"; readonly id: number; readonly path: string };

/** Where the files of step `id` are kept, inside the working folder of the batch. */
export const stagedAt = (work: string, id: number): string => path.join(work, `new-${id}`);
export const keptAt = (work: string, id: number): string => path.join(work, `old-${id}`);

/** Throws what is in the way, as long as nothing has been done. From here on the undo may rely on it. */
export async function check(step: Step): Promise<void> {
  switch (step.do) {
    case "put":
      return refuseDirectory(step.path, "open");
    case "move":
      await fs.promises.lstat(step.from);
      return refuseDirectory(step.to, "rename");
    case "remove":
      return void (await fs.promises.lstat(step.path));
    case "mkdir":
      if ((await inodeOf(step.path)) !== undefined) throw fsError("EEXIST", "file already exists", step.path);
  }
}

export async function apply(work: string, step: Step): Promise<void> {
  switch (step.do) {
    case "put":
      await keep(step.path, keptAt(work, step.id));
      return fs.promises.rename(stagedAt(work, step.id), step.path);
    case "move":
      await keep(step.to, keptAt(work, step.id));
      return fs.promises.rename(step.from, step.to);
    case "remove":
      return fs.promises.rename(step.path, keptAt(work, step.id));
    case "mkdir":
      return fs.promises.mkdir(step.path);
  }
}

/**
 * Takes a step back that was done, half done, or half undone already: what is on the disk tells which. Each call in it
 * leaves a state from which it can start again.
 */
export async function undo(work: string, step: Step): Promise<void> {
  switch (step.do) {
    case "put":
      return undoPut(work, step.id, step.path);
    case "move":
      if ((await inodeOf(step.from)) === undefined) await fs.promises.rename(step.to, step.from);
      return giveBack(keptAt(work, step.id), step.to);
    case "remove":
      return giveBack(keptAt(work, step.id), step.path);
    case "mkdir":
      return removeIfEmpty(step.path);
  }
}

/** The staged file gets its first name back before the old one takes its place: while both names are one, it is done. */
async function undoPut(work: string, id: number, place: string): Promise<void> {
  const [staged, kept] = [stagedAt(work, id), keptAt(work, id)];
  const there = await inodeOf(place);
  if (there !== undefined && (await inodeOf(staged)) === undefined) await secondName(place, staged);
  const isThere = there !== undefined && (await inodeOf(place)) === (await inodeOf(staged));
  if ((await inodeOf(kept)) !== undefined) await fs.promises.rename(kept, place);
  else if (isThere) await fs.promises.unlink(place);
}

async function giveBack(kept: string, place: string): Promise<void> {
  if ((await inodeOf(kept)) !== undefined) await fs.promises.rename(kept, place);
}

/** A second name of the old file, so that `place` never is without one. */
async function keep(place: string, kept: string): Promise<void> {
  if ((await inodeOf(place)) !== undefined) await secondName(place, kept);
}

async function secondName(place: string, name: string): Promise<void> {
  try {
    await fs.promises.link(place, name);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(codeOf(error) ?? "")) throw error;
    // No hard links here: for a moment there is no file at `place`.
    await fs.promises.rename(place, name);
  }
}

async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await fs.promises.rmdir(folder);
  } catch (error) {
    // Not made yet, or somebody else has put something in, who would miss it.
    if (!["ENOENT", "ENOTEMPTY", "EEXIST"].includes(codeOf(error) ?? "")) throw error;
  }
}

async function refuseDirectory(place: string, syscall: string): Promise<void> {
  const entry = await statIfAny(place);
  if (entry?.isDirectory() === true)
    throw fsError("EISDIR", `illegal operation on a directory, ${syscall}`, place);
}

async function inodeOf(place: string): Promise<string | undefined> {
  const entry = await statIfAny(place);
  return entry && `${entry.dev}:${entry.ino}`;
}

export async function statIfAny(place: string): Promise<fs.BigIntStats | undefined> {
  try {
    return await fs.promises.lstat(place, { bigint: true });
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

export function fsError(code: string, text: string, place: string): Error {
  return Object.assign(new Error(`${code}: ${text} '${place}'`), { code, path: place });
}
