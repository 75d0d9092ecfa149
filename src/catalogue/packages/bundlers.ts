import type { ResourceModel } from "../../types.js";
import { adopt, adoptOnce, family, method, onceOnly } from "../entry.js";

/**
 * https://rolldown.rs/reference/Interface.RolldownBuild, https://rollupjs.org/javascript-api/: to be closed also when
 * `generate` or `write` failed; a second `close()` does nothing.
 */
const bundles = family(
  { kind: "bundle", release: [method("close")], ends: [], adopt: adopt("(bundle) => bundle.close()") },
  [
    { modules: ["rolldown"], path: ["rolldown"], yields: "promise" },
    { modules: ["rollup"], path: ["rollup"], yields: "promise" },
  ],
);

const watching = family(
  { kind: "watcher", release: [method("close")], ends: [], adopt: { by: "wrap", method: "watcher" } },
  [
    { modules: ["rolldown"], path: ["watch"] },
    { modules: ["rollup"], path: ["watch"] },
  ],
);

/** https://esbuild.github.io/api/#build: it watches or serves until it is disposed of. */
const contexts = family(
  {
    kind: "dev-server",
    release: [method("dispose")],
    ends: [],
    adopt: adopt("(context) => context.dispose()"),
  },
  [{ modules: ["esbuild"], path: ["context"], yields: "promise" }],
);

/** https://vite.dev/guide/api-javascript.html */
const servers = family(
  { kind: "dev-server", release: [method("close")], ends: [], adopt: adopt("(server) => server.close()") },
  [{ modules: ["vite"], path: ["createServer"], yields: "promise" }],
);

/** Before Vite 7 a second `close()` of a preview is rejected: the server is not running. */
const previews = family({ kind: "dev-server", release: [onceOnly("close")], ends: [], adopt: adoptOnce }, [
  { modules: ["vite"], path: ["preview"], yields: "promise" },
]);

export const bundlers: readonly ResourceModel[] = [
  ...bundles,
  ...watching,
  ...contexts,
  ...servers,
  ...previews,
];
