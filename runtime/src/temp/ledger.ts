import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { isDead, type Owner, thisProcess } from "../atomic-write/identity.js";
import { read } from "../duck.js";
import { holdsWorkplace } from "../policies/temp.js";

// A process that is killed cannot remove its temporary files. So each is noted in a file of its own, whose name says
// which process made it, and the next process that makes one removes what the dead have left.
const NAME = /^([0-9a-z]{7})-([0-9a-z]+)-([0-9a-z]+)-[0-9a-f]+$/;

let hasSwept = false;

/** Notes a temporary file or folder before there is one; gives back the way to strike it out. */
export function note(place: string, random: string): () => void {
  const folder = ledgerFolder();
  if (folder === undefined) return () => {};
  if (!hasSwept) void sweepLeftovers(folder);
  hasSwept = true;
  const { realm, pid, start } = thisProcess();
  const line = path.join(folder, `${realm}-${pid.toString(36)}-${start}-${random}`);
  try {
    fs.writeFileSync(line, JSON.stringify({ place }), { flag: "wx", mode: 0o600 });
  } catch {
    return () => {}; // A full disk, say: the temporary file is more important than the note of it.
  }
  return () => fs.rmSync(line, { force: true });
}

/** A folder that only this user can write to, or undefined: others must not be able to tell us what to remove. */
function ledgerFolder(): string | undefined {
  const user = process.getuid?.();
  const folder = path.join(os.tmpdir(), `resource-context-${user ?? "temp"}`);
  try {
    fs.mkdirSync(folder, { mode: 0o700, recursive: true });
    const entry = fs.lstatSync(folder);
    const isOurs = user === undefined || (entry.uid === user && (entry.mode & 0o077) === 0);
    return entry.isDirectory() && isOurs ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Removes what dead processes of this machine have left. Nobody waits for it, and it never fails. */
export async function sweepLeftovers(folder: string): Promise<void> {
  try {
    const { realm } = thisProcess();
    for (const name of await fs.promises.readdir(folder)) {
      const owner = ownerOf(name);
      if (owner?.realm === realm && isDead(owner)) await removeLeftover(path.join(folder, name));
    }
  } catch {
    return; // Another process sweeps as well, or the folder is gone.
  }
}

function ownerOf(name: string): Owner | undefined {
  const [, realm, pid, start] = NAME.exec(name) ?? [];
  if (realm === undefined || pid === undefined || start === undefined) return undefined;
  return { realm, pid: Number.parseInt(pid, 36), start };
}

async function removeLeftover(line: string): Promise<void> {
  const place = await placeOf(line);
  if (place !== undefined && path.isAbsolute(place) && !holdsWorkplace(place))
    await fs.promises.rm(place, { recursive: true, force: true });
  await fs.promises.rm(line, { force: true });
}

/** A note that was cut off by the end of its process is of something that never came to be. */
async function placeOf(line: string): Promise<string | undefined> {
  const text = await fs.promises.readFile(line, "utf8");
  try {
    const place = read(JSON.parse(text), "place");
    return typeof place === "string" ? place : undefined;
  } catch {
    return undefined;
  }
}
