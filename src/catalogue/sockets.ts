import type { ResourceModel } from "../types.js";
import { family } from "./entry.js";

const destroy = { by: "method", name: "destroy", completes: "now", again: "harmless" } as const;
const end = { by: "method", name: "end", completes: "event", again: "harmless" } as const;
const close = { by: "method", name: "close", completes: "event", again: "harmless" } as const;
const terminate = { by: "method", name: "terminate", completes: "now", again: "harmless" } as const;
const adopt = { by: "wrap", method: "socket" } as const;

/** https://nodejs.org/api/net.html, https://nodejs.org/api/tls.html */
const connections = family({ kind: "socket", release: [destroy, end], ends: ["close"], adopt }, [
  { modules: ["net"], path: ["connect"] },
  { modules: ["net"], path: ["createConnection"] },
  { modules: ["net"], path: ["Socket"], by: "construct" },
  { modules: ["tls"], path: ["connect"] },
  { modules: ["tls"], path: ["TLSSocket"], by: "construct" },
]);

/** https://nodejs.org/api/http2.html */
const sessions = family({ kind: "socket", release: [close, destroy], ends: ["close"], adopt }, [
  { modules: ["http2"], path: ["connect"] },
]);

/** https://nodejs.org/api/dgram.html: a second `close()` throws. */
const datagrams = family(
  { kind: "socket", release: [{ ...close, again: "throws" }], ends: ["close"], adopt },
  [{ modules: ["dgram"], path: ["createSocket"] }],
);

/** https://github.com/websockets/ws: as a name or as the module itself; isomorphic-ws passes it on */
const webSockets = family({ kind: "socket", release: [close, terminate], ends: ["close"], adopt }, [
  { modules: ["ws", "isomorphic-ws"], path: ["WebSocket"], by: "construct" },
  { modules: ["ws", "isomorphic-ws"], path: [], by: "construct" },
]);

export const sockets: readonly ResourceModel[] = [...connections, ...sessions, ...datagrams, ...webSockets];
