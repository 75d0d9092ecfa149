import { read } from "./duck.js";
import { MissingPeerError } from "./errors.js";

/** The packages that parts of this one can work with, none of which the core needs. */
export type Peer = "ws" | "undici" | "@opentelemetry/api" | "prom-client";

// Written out, so that bundlers see them; the `catch` tells them that each may be absent.
const loaders: Readonly<Record<Peer, () => Promise<unknown>>> = {
  ws: () => import("ws").catch(missing("ws")),
  undici: () => import("undici").catch(missing("undici")),
  "@opentelemetry/api": () => import("@opentelemetry/api").catch(missing("@opentelemetry/api")),
  "prom-client": () => import("prom-client").catch(missing("prom-client")),
};

/** Loads an optional peer; rejects with {@link MissingPeerError} when it is not installed. */
export function loadPeer(peer: Peer): Promise<unknown> {
  return loaders[peer]();
}

function missing(peer: Peer): (thrown: unknown) => never {
  return (cause) => {
    const code = read(cause, "code");
    const isAbsent = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
    // A peer that is there but lacks a dependency of its own is another matter.
    if (isAbsent && String(read(cause, "message")).includes(`'${peer}'`))
      throw new MissingPeerError(peer, { cause });
    throw cause;
  };
}
