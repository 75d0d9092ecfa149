import type { ResourceModel } from "../types.js";
import { adopt, adoptOnce, family, method } from "./entry.js";

/** https://nodejs.org/api/worker_threads.html */
const threads = family(
  {
    kind: "worker",
    release: [{ by: "method", name: "terminate", completes: "promise", again: "harmless" }],
    ends: ["exit"],
    adopt: { by: "wrap", method: "worker" },
  },
  [{ modules: ["worker_threads"], path: ["Worker"], by: "construct", args: { path: 0, options: 1 } }],
);

/** https://nodejs.org/api/worker_threads.html#class-messagechannel: closing one port closes the other. */
const channels = family(
  {
    kind: "worker",
    release: [method("close", "now")],
    ends: ["close"],
    adopt: adopt("(channel) => channel.port1.close()"),
  },
  [
    {
      modules: ["worker_threads", "globalThis"],
      path: ["MessageChannel"],
      by: "construct",
      holds: { members: ["port1", "port2"], releases: [] },
    },
  ],
);

/** https://nodejs.org/api/cluster.html#class-worker: it ends when the primary does. */
const forks = family(
  {
    kind: "worker",
    release: [method("kill", "event"), method("disconnect", "event"), method("destroy", "event")],
    ends: ["exit", "disconnect"],
    adopt: adopt("(worker) => worker.kill()"),
  },
  [{ modules: ["cluster"], path: ["fork"] }],
);

/** https://github.com/piscinajs/piscina, https://github.com/tinylibs/tinypool, https://jestjs.io, https://github.com/josdejong/workerpool */
const pools = [
  ...family(
    { kind: "worker", release: [method("destroy")], ends: [], adopt: adopt("(pool) => pool.destroy()") },
    [
      { modules: ["piscina", "tinypool"], path: [], by: "construct" },
      { modules: ["piscina"], path: ["Piscina"], by: "construct" },
      { modules: ["tinypool"], path: ["Tinypool"], by: "construct" },
    ],
  ),
  ...family(
    { kind: "worker", release: [method("terminate")], ends: [], adopt: adopt("(pool) => pool.terminate()") },
    [{ modules: ["workerpool"], path: ["pool"] }],
  ),
  ...family(
    {
      kind: "worker",
      release: [{ ...method("end"), again: "throws" }],
      ends: [],
      adopt: adoptOnce,
    },
    [{ modules: ["jest-worker"], path: ["Worker"], by: "construct" }],
  ),
];

export const workers: readonly ResourceModel[] = [...threads, ...channels, ...forks, ...pools];
