import type { ResourceModel } from "../../types.js";
import { adopt, family, method, onceOnly } from "../entry.js";

/** https://expressjs.com/en/api.html#app.listen and others: `listen` gives a server of Node. */
const listening = family(
  {
    kind: "server",
    release: [onceOnly("close", "event")],
    ends: ["close"],
    adopt: { by: "wrap", method: "server" },
  },
  [
    ...["express", "connect", "koa"].map((module) => ({
      modules: [module],
      path: ["()", "listen"],
    })),
    { modules: ["superstatic"], path: ["server", "()", "listen"] },
    { modules: ["@hono/node-server"], path: ["serve"] },
  ],
);

/** https://fastify.dev/docs/latest/Reference/Server/#close */
const fastify = family(
  {
    kind: "server",
    release: [method("close")],
    ends: [],
    adopt: adopt("(app) => app.close()"),
  },
  [
    { modules: ["fastify"], path: [] },
    { modules: ["fastify"], path: ["fastify"] },
  ],
);

export const apps: readonly ResourceModel[] = [...listening, ...fastify];
