import * as fs from "node:fs";
import * as path from "node:path";
import { codeOf } from "../atomic-write/errors.js";
import { tempName } from "../atomic-write/name.js";
import { creating, removeQuietly, shared } from "../atomic-write/shared.js";

/** Copies into a new file next to the target, which then takes its place in one step. */
export async function copyWhole(source: string, target: string, overwrite: boolean): Promise<void> {
  const temp = path.join(path.dirname(target), tempName(path.basename(target)));
  shared().pending.add(temp);
  try {
    const { COPYFILE_EXCL, COPYFILE_FICLONE } = fs.constants;
    const copy = (): Promise<void> => fs.promises.copyFile(source, temp, COPYFILE_EXCL | COPYFILE_FICLONE);
    await creating(temp, copy);
    await flush(temp);
    await placeCopy(temp, target, overwrite);
  } catch (error) {
    removeQuietly(temp);
    throw error;
  } finally {
    shared().pending.delete(temp);
  }
}

/** Renames. Unless told to overwrite, it takes a step that fails when there is something at `target`. */
export async function placeCopy(source: string, target: string, overwrite: boolean): Promise<void> {
  if (overwrite) return fs.promises.rename(source, target);
  try {
    await fs.promises.link(source, target);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(codeOf(error) ?? "")) throw error;
    // A folder, or a file system without hard links: all that can be done is to look right before.
    return renameIfFree(source, target);
  }
  await fs.promises.unlink(source);
}

async function renameIfFree(source: string, target: string): Promise<void> {
  if (fs.lstatSync(target, { throwIfNoEntry: false }) === undefined)
    return fs.promises.rename(source, target);
  const problem = `EEXIST: file already exists, rename '${source}' -> '${target}'`;
  throw Object.assign(new Error(problem), { code: "EEXIST", path: source, dest: target });
}

async function flush(place: string): Promise<void> {
  const handle = await fs.promises.open(place, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
