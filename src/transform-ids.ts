import type { TransformId } from "./types.js";

/** Those that a user can choose: each is about kinds of resources. */
export const chosenTransforms: readonly TransformId[] = [
  "spawn",
  "file-writes",
  "streams",
  "handles",
  "temp-files",
  "servers",
  "sockets",
  "timers",
  "listeners",
  "watchers",
  "workers",
  "bundlers",
  "clients",
];

/** Those that only serve the others. */
export const servingTransforms: readonly TransformId[] = ["async-functions", "class-cleanup", "imports"];

export const transformIds: readonly TransformId[] = [...chosenTransforms, ...servingTransforms];
