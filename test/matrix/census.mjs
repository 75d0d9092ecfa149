import { createHook } from "node:async_hooks";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";

/** Handles of Node that keep something open and the process alive; the others are meant to be forgotten. */
const counted = {
  PROCESSWRAP: "child process",
  TCPSERVERWRAP: "server",
  PIPESERVERWRAP: "server",
  TCPWRAP: "socket",
  FSEVENTWRAP: "watcher",
  STATWATCHER: "watcher",
  WORKER: "worker",
  Timeout: "timer",
};

/**
 * Counts what each cell leaves behind. The handles are known by the hooks of Node, open files and temporary folders
 * by their path below the folder of the cell.
 */
export function census(storage, scratch) {
  const live = new Map();
  // A reference to each keeps the garbage collector from closing what was left open.
  const openedFiles = new Set();
  createHook({
    init(id, type, _trigger, resource) {
      const cell = storage.getStore();
      if (type === "FILEHANDLE" || type === "DIRHANDLE") openedFiles.add(resource);
      else if (cell !== undefined && type in counted) live.set(id, { cell: cell.id, type, resource });
    },
    destroy(id) {
      live.delete(id);
    },
  }).enable();
  return async () => {
    await goneOrPatient(() => leftBehind(live, scratch).size === 0);
    return leftBehind(live, scratch);
  };
}

/** Until nothing is left, or nothing more goes for a while. */
async function goneOrPatient(isEmpty) {
  const patience = Number(process.env.MATRIX_PATIENCE ?? 3000);
  for (let waited = 0; waited < patience && !isEmpty(); waited += 100)
    await new Promise((resolve) => setTimeout(resolve, 100));
}

function leftBehind(live, scratch) {
  const left = new Map();
  const add = (cell, what) => left.set(cell, [...(left.get(cell) ?? []), what].sort());
  for (const { cell, type, resource } of live.values())
    if (resource.hasRef?.() !== false) add(cell, counted[type]);
  for (const { cell, what } of brokenFiles(scratch)) add(cell, what);
  for (const { cell, name } of openFiles(scratch)) add(cell, `open ${name}`);
  for (const cell of readdirSync(scratch))
    for (const name of readdirSync(path.join(scratch, cell)))
      if (/^upload-/.test(name)) add(decodeURIComponent(cell), "temporary folder");
  return left;
}

/** A file is whole when it ends as all that is written here ends, and says only one thing. */
function brokenFiles(scratch) {
  const files = readdirSync(scratch).flatMap((cell) =>
    readdirSync(path.join(scratch, cell)).map((name) => ({
      cell: decodeURIComponent(cell),
      name,
      file: path.join(scratch, cell, name),
    })),
  );
  return files.flatMap(({ cell, name, file }) => {
    if (/\.(json|tmp|txt|log)$/.test(name))
      return isWhole(file) ? [] : [{ cell, what: `half-written ${name}` }];
    return /^upload-/.test(name) ? [] : [{ cell, what: "stray file" }];
  });
}

function isWhole(file) {
  const text = readFileSync(file, "utf8");
  return !text.startsWith("new settings") || text.length === "new settings\n".length * 200_000;
}

function openFiles(scratch) {
  return readdirSync("/proc/self/fd").flatMap((descriptor) => {
    const target = targetOf(descriptor);
    if (!target.startsWith(scratch + path.sep)) return [];
    const [cell, name] = path.relative(scratch, target).split(path.sep);
    return [{ cell: decodeURIComponent(cell), name: name === undefined ? "folder" : "file" }];
  });
}

function targetOf(descriptor) {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch (error) {
    // The descriptor that listed the folder is closed by now.
    if (error.code === "ENOENT") return "";
    throw error;
  }
}
