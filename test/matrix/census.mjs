import { createHook } from "node:async_hooks";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import xterm from "@xterm/headless";

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

/** A worker has a port as well: it counts where a channel is what the cell is about. */
const ofChannels = { MESSAGEPORT: "channel" };

/**
 * Counts what each cell leaves behind. The handles are known by the hooks of Node, open files and temporary folders
 * by their path below the folder of the cell; `open` holds what the handles do not show.
 */
export function census(storage, scratch, open = new Map()) {
  const live = new Map();
  noteDisposal(xterm.Terminal.prototype);
  // A reference to each keeps the garbage collector from closing what was left open.
  const openedFiles = new Set();
  createHook({
    init(id, type, _trigger, resource) {
      const cell = storage.getStore();
      if (type === "FILEHANDLE" || type === "DIRHANDLE") openedFiles.add(resource);
      else if (cell !== undefined && type in known(cell))
        live.set(id, { cell: cell.id, what: known(cell)[type], resource });
    },
    destroy(id) {
      live.delete(id);
    },
  }).enable();
  return async () => {
    await goneOrPatient(() => leftBehind({ live, scratch, open }).size === 0);
    return leftBehind({ live, scratch, open });
  };
}

/** Until nothing is left, or nothing more goes for a while. */
async function goneOrPatient(isEmpty) {
  const patience = Number(process.env.MATRIX_PATIENCE ?? 3000);
  for (let waited = 0; waited < patience && !isEmpty(); waited += 100)
    await new Promise((resolve) => setTimeout(resolve, 100));
}

/** A terminal holds nothing but memory: whether it was disposed of shows nowhere else. */
function noteDisposal(prototype) {
  const { dispose } = prototype;
  prototype.dispose = function (...args) {
    const { linkHandler } = this.options;
    if (linkHandler !== null) linkHandler.isDisposed = true;
    return dispose.apply(this, args);
  };
}

function known({ kind }) {
  return kind === "channel" ? { ...counted, ...ofChannels } : counted;
}

function leftBehind({ live, scratch, open }) {
  const left = new Map();
  const add = (cell, what) => left.set(cell, [...(left.get(cell) ?? []), what].sort());
  for (const { cell, what, resource } of live.values()) if (resource.hasRef?.() !== false) add(cell, what);
  for (const [cell, all] of open) for (const one of all) if (one.isOpen()) add(cell, one.what);
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
    if (/\.(json|tmp|txt|log|db)$/.test(name))
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
