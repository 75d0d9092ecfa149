// How a careful caller uses a program: what it is given it releases, what has a closing method is closed.
import { closeSync, existsSync, fstatSync } from "node:fs";
import { rm } from "node:fs/promises";

const kinds = {
  "file-write": { release: () => undefined, isAlive: () => true },
  "child-process": {
    release: (child) => child.kill(),
    isAlive: (child) => child.signalCode === null && !child.killed,
  },
  "write-stream": { release: (stream) => stream.end(), isAlive: isOpenStream },
  "read-stream": { release: (stream) => stream.destroy(), isAlive: isOpenStream },
  "file-handle": { release: (handle) => handle.close(), isAlive: ({ fd }) => fd >= 0 },
  descriptor: { release: closeSync, isAlive: (descriptor) => fstatSync(descriptor).isFile() },
  "folder-handle": { release: (folder) => folder.close(), isAlive: isReadable },
  "temp-folder": { release: remove, isAlive: existsSync },
  "temp-folder-sync": { release: remove, isAlive: existsSync },
  "net-server": { release: (server) => server.close(), isAlive: ({ listening }) => listening },
  "http-server": { release: (server) => server.close(), isAlive: ({ listening }) => listening },
  socket: { release: (socket) => socket.destroy(), isAlive: ({ destroyed }) => !destroyed },
  interval: { release: clearInterval, isAlive: (timer) => timer.hasRef() && !timer._destroyed },
  watcher: { release: (watcher) => watcher.close(), isAlive: () => true },
  worker: { release: (worker) => worker.terminate(), isAlive: ({ threadId }) => threadId > 0 },
  "temp-file": { release: (made) => made.removeCallback(), isAlive: ({ name }) => existsSync(name) },
  "line-reader": { release: (reader) => reader.close(), isAlive: ({ closed }) => !closed },
  terminal: {
    release: (terminal) => terminal.dispose(),
    isAlive: ({ options }) => !options.linkHandler.isDisposed,
  },
  bundle: { release: (bundle) => bundle.close(), isAlive: ({ closed }) => !closed },
  "build-context": { release: (context) => context.dispose(), isAlive: isBuilding },
  channel: { release: (channel) => channel.close(), isAlive: (channel) => isTaking(channel) },
  request: { release: (request) => request.destroy(), isAlive: ({ destroyed }) => !destroyed },
  pool: { release: (pool) => pool.destroy(), isAlive: ({ destroyed }) => !destroyed },
  disposable: { release: (gate) => gate.close(), isAlive: ({ isOpen }) => isOpen },
  lock: { release: (unlock) => unlock(), isAlive: () => true },
  database: { release: (database) => database.close(), isAlive: ({ isOpen }) => isOpen !== false },
  browser: { release: (browser) => browser.close(), isAlive: (browser) => browser.isConnected() },
  listener: { release: () => undefined, isAlive: () => true },
};

export async function drive({ cell, load, note }) {
  const program = await load();
  const { release, isAlive } = kinds[cell.kind];
  const give = async (item) => {
    note(`alive: ${await isAlive(item)}`);
    await release(item);
  };
  return await drivers[cell.driver]({ program, exit: cell.exit, give, note, isAlive });
}

const drivers = {
  call: ({ program, exit }) => program.run(exit),
  load: () => "loaded",
  async "release-result"({ program, exit, give }) {
    const item = await program.run(exit);
    if (item === null) return "nothing";
    await give(item);
    return "released";
  },
  async "stop-result"({ program, exit, note, isAlive }) {
    const { item, stop } = await program.run(exit);
    if (item !== undefined) note(`alive: ${await isAlive(item)}`);
    await stop();
    return "stopped";
  },
  async owner({ program, exit }) {
    const owner = new program.Owner(exit);
    try {
      await owner.start?.(exit);
      await owner.restart?.(exit);
      return "started";
    } finally {
      await (owner[Symbol.asyncDispose] ?? owner.stop)?.call(owner);
    }
  },
  async module({ program, exit }) {
    try {
      await program.start(exit);
      return "started";
    } finally {
      await program.stop();
    }
  },
  async register({ program, exit }) {
    const cleanups = [];
    try {
      return await program.run(exit, (cleanup) => cleanups.push(cleanup));
    } finally {
      for (const cleanup of cleanups.reverse()) await cleanup();
    }
  },
  async keep({ program, exit, give }) {
    const kept = [];
    try {
      return await program.run(exit, (item) => kept.push(item));
    } finally {
      for (const item of kept) await give(item);
    }
  },
  async iterate({ program, exit, note }) {
    for await (const name of program.run(exit)) {
      note(name);
      if (exit === "break") break;
    }
    return "iterated";
  },
};

function isOpenStream({ destroyed, closed, writableEnded }) {
  return !destroyed && !closed && writableEnded !== true;
}

async function isReadable(folder) {
  return (await folder.read()) !== null;
}

function remove(folder) {
  return rm(folder, { recursive: true, force: true });
}

/** What is disposed of builds no more. */
function isBuilding(context) {
  return context.rebuild().then(
    () => true,
    () => false,
  );
}

/** A closed channel takes no message. */
function isTaking(channel) {
  try {
    channel.postMessage("parcel");
    return true;
  } catch {
    return false;
  }
}
