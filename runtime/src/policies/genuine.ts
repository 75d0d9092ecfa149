import { read } from "../duck.js";

/** Classes of Node that stand for something open at the operating system, and how to see that it still is. */
const OPEN: Readonly<Record<string, (value: unknown) => boolean>> = {
  ChildProcess: (child) => read(child, "exitCode") === null && read(child, "signalCode") === null,
  FileHandle: (handle) => Number(read(handle, "fd")) >= 0,
  ReadStream: (stream) => read(stream, "closed") === false,
  WriteStream: (stream) => read(stream, "closed") === false,
  Socket: (socket) => read(socket, "destroyed") === false,
  TLSSocket: (socket) => read(socket, "destroyed") === false,
  Server: (server) => read(server, "listening") === true,
  WebSocket: (socket) => Number(read(socket, "readyState")) < 2,
  Worker: (worker) => Number(read(worker, "threadId")) > 0,
};

/**
 * Whether this is a handle of Node that is open now. Only such a one has exactly one owner: a double of a test may be
 * handed out again and again, and nothing is lost when two contexts release it.
 */
export function isOpenHandle(value: unknown): boolean {
  const name = read(read(value, "constructor"), "name");
  return typeof name === "string" && Object.hasOwn(OPEN, name) && OPEN[name]?.(value) === true;
}
