import { keepOf } from "./keep.js";
import { filePolicy } from "./policies/file.js";
import { processPolicy } from "./policies/process.js";
import { orPromised } from "./policies/promised.js";
import { readlinePolicy } from "./policies/readline.js";
import { serverPolicy } from "./policies/server.js";
import { socketPolicy } from "./policies/socket.js";
import { type StreamCare, streamPolicy } from "./policies/stream.js";
import { timerPolicy } from "./policies/timer.js";
import { watcherPolicy } from "./policies/watcher.js";
import { webSocketPolicy } from "./policies/web-socket.js";
import { expectBoolean, expectOptions } from "./validate.js";

/**
 * The methods that take something that exists. Each gives back exactly what it was given, and takes `null`, `undefined`
 * and doubles of tests without complaint. A handle of Node that is open and held by another context throws
 * `AlreadyHeldError`; one of the root is taken over.
 */
export abstract class AdoptingContext {
  /** Holds a child process with all that descends from it: SIGTERM, after 5 s SIGKILL, and wait for its end. */
  process<T>(child: T): T {
    return keepOf(this).holdHandle(child, (forget) => processPolicy(child, forget));
  }

  /** Holds a stream: it is ended and flushed, not cut off. Throws `InvalidArgumentError` or `UnknownOptionError`. */
  stream<T>(stream: T, care: StreamCare = {}): T {
    const { removePartial = false } = expectOptions("options", care, ["removePartial"]);
    expectBoolean("removePartial", removePartial);
    return keepOf(this).holdHandle(stream, (forget) => streamPolicy(stream, forget, { removePartial }));
  }

  /** Holds a FileHandle, or the promise of one. */
  file<T>(handle: T): T {
    return keepOf(this).holdHandle(handle, orPromised("file", handle, filePolicy));
  }

  /** Holds a server: requests in flight are answered, everything else is closed at once. */
  server<T>(server: T): T {
    return keepOf(this).holdHandle(server, (forget) => serverPolicy(server, forget));
  }

  /** Holds a connection: what was written goes out, the peer gets 5 s to end its half, then it is destroyed. */
  socket<T>(socket: T): T {
    return keepOf(this).holdHandle(socket, (forget) => socketPolicy(socket, forget));
  }

  /**
   * Holds a WebSocket, of the package `ws` or of Node: goodbye with status 1001 (1000 for that of Node), 5 s for the peer
   * to answer, then the connection is cut. One that connects again by itself is a `ManagedWebSocketConnection`.
   */
  webSocket<T>(socket: T): T {
    return keepOf(this).holdHandle(socket, (forget) => webSocketPolicy(socket, forget));
  }

  /** Holds a timeout, an interval or an immediate. */
  timer<T>(timer: T): T {
    return keepOf(this).holdOnce(timer, () => timerPolicy(timer));
  }

  /** Holds a file watcher of `fs.watch`, `fs.watchFile`, `fs.promises.watch` or a package. */
  watcher<T>(watcher: T): T {
    return keepOf(this).holdOnce(watcher, (forget) => watcherPolicy(watcher, forget));
  }

  /** Holds a line reader, which is closed; its input stays open. */
  readline<T>(reader: T): T {
    return keepOf(this).holdHandle(reader, (forget) => readlinePolicy(reader, forget));
  }
}
