import { transformIds } from "../transform-ids.js";
import type { Options } from "../types.js";

/** A dry run over a folder that allows nothing and asks nobody: what callers of the stages begin with. */
export function defaultOptions(root: string): Options {
  return {
    root,
    paths: ["."],
    mode: "dry",
    safety: "safe",
    strict: false,
    ignore: [],
    gitignore: true,
    includeTests: false,
    transforms: transformIds,
    syntax: "auto",
    emit: "adopt",
    runtime: "resource-context",
    contextName: "ctx",
    allow: { dirty: false, staged: false, noVcs: false },
    verify: "parse",
    verifyTimeout: 600,
    format: "auto",
    install: true,
    baseline: null,
    changes: null,
    shard: null,
    cache: null,
    select: null,
    resources: [],
    ownTransforms: [],
  };
}
