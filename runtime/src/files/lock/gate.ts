import { isBusy, listenAt, type Listener } from "./socket.js";

/** `absent`: this system has no such names, or does not let us have one. */
export type GateAnswer = Listener | "busy" | "absent";

/** `sun_path` without its leading NUL. */
const NAME_LENGTH = 107;

/**
 * A name that the kernel gives to one process at a time: on Linux an abstract socket, which only processes that share
 * our network namespace know, on Windows a named pipe, which the whole machine knows.
 */
export async function tryGate(key: string): Promise<GateAnswer> {
  const name = gateName(key);
  if (name === undefined) return "absent";
  const listener = await listenAt(name);
  if (typeof listener !== "string") return listener;
  return isBusy(listener) ? "busy" : "absent";
}

/** `undefined` where there are no such names. */
export function gateName(key: string): string | undefined {
  if (process.platform === "win32") return `\\\\.\\pipe\\resource-context-${key}`;
  if (process.platform !== "linux" || !hasAbstractNames()) return undefined;
  // libuv 1.46 pads a shorter name with NULs and later ones do not, so only a full one means the same to both.
  return `\0resource-context/lock/${key}`.padEnd(NAME_LENGTH + 1, "/");
}

/** To an older libuv (Node 18) every abstract name is the same one, and all locks would be one lock. */
function hasAbstractNames(): boolean {
  const [major = 0, minor = 0] = (process.versions.uv ?? "").split(".").map(Number);
  return major > 1 || (major === 1 && minor >= 46);
}
