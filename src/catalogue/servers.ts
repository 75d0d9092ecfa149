import type { ResourceModel } from "../types.js";
import { family } from "./entry.js";

/** https://nodejs.org/api/net.html and what builds on it: a callback of a second `close()` gets an error. */
export const servers: readonly ResourceModel[] = family(
  {
    kind: "server",
    release: [{ by: "method", name: "close", completes: "event", again: "throws" }],
    ends: ["close"],
    adopt: { by: "wrap", method: "server" },
  },
  [
    ...["net", "http", "https", "tls", "http2"].map((module) => ({
      modules: [module],
      path: ["createServer"],
      opens: "listen",
    })),
    { modules: ["http2"], path: ["createSecureServer"], opens: "listen" },
    ...["net", "http", "https", "tls"].map((module) => ({
      modules: [module],
      path: ["Server"],
      by: "either" as const,
      opens: "listen",
    })),
    // https://github.com/websockets/ws: the second name is the older one
    ...["WebSocketServer", "Server"].map((name) => ({
      modules: ["ws"],
      path: [name],
      by: "construct" as const,
      args: { path: -1, options: 0 },
      shares: ["server", "noServer"],
    })),
    // http://restify.com/docs/server-api
    { modules: ["restify"], path: ["createServer"], opens: "listen" },
  ],
);
