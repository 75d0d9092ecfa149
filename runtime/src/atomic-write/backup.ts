import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { change, changesFor } from "./attributes.js";
import { once, run } from "./calls.js";
import { flushFile } from "./durable.js";
import { codeOf } from "./errors.js";
import { tempName } from "./name.js";
import type { Durability } from "./request.js";
import { creating, removeQuietly, shared } from "./shared.js";

const LONGEST_NAME = 255;

/**
 * Copies a file to a new name next to it, which it answers, or `undefined` when there is no file. It is a copy and no
 * second name: a file with two names would be written in place from then on, and the backup with it.
 */
export async function makeBackup(file: string, durability: Durability): Promise<string | undefined> {
  const real = await realPath(file);
  if (real === undefined) return undefined;
  const temp = path.join(path.dirname(real), tempName(path.basename(real)));
  shared().pending.add(temp);
  try {
    await copy(real, temp, durability);
    const backup = backupName(real);
    await run((done) => fs.rename(temp, backup, done));
    return backup;
  } catch (error) {
    removeQuietly(temp);
    throw error;
  } finally {
    shared().pending.delete(temp);
  }
}

async function realPath(file: string): Promise<string | undefined> {
  try {
    return await once<string>((done) => fs.realpath(file, done));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function copy(from: string, to: string, durability: Durability): Promise<void> {
  const { COPYFILE_EXCL, COPYFILE_FICLONE } = fs.constants;
  await creating(to, () => run((done) => fs.copyFile(from, to, COPYFILE_EXCL | COPYFILE_FICLONE, done)));
  const [old, made] = await Promise.all(
    [from, to].map((place) => once<fs.Stats>((done) => fs.stat(place, done))),
  );
  if (old && made) await change(to, changesFor(made, old));
  if (durability === "none") return;
  const fd = await once<number>((done) => fs.open(to, "r+", done));
  try {
    await flushFile(fd);
  } finally {
    await run((done) => fs.close(fd, done));
  }
}

/** `notes.txt.20261124T153000Z-k3x9d2ab.bak`: of no file that is there already, least of all the user's `notes.txt.bak`. */
function backupName(file: string): string {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const end = `.${time}-${crypto.randomBytes(6).toString("hex")}.bak`;
  const name = Buffer.from(path.basename(file)).subarray(0, LONGEST_NAME - end.length);
  return path.join(path.dirname(file), name.toString("utf8").replace(/\uFFFD+$/, "") + end);
}
