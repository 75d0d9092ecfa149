import type { Flag } from "./flags.js";

const scale = "Large projects";

/** What is for projects that take long to check. */
export const scaleFlags: Readonly<Record<string, Flag>> = {
  shard: {
    type: "string",
    group: scale,
    value: "i/n",
    describe: "check the i-th of n parts; `merge` puts the reports of all parts together and judges them",
  },
  cache: {
    type: "boolean",
    group: scale,
    config: true,
    fallback: true,
    describe:
      "let --check keep what it found in node_modules/.cache, for as long as every file it looked at is the same; --no-cache does not",
  },
  "cache-location": {
    type: "string",
    group: scale,
    value: "folder",
    describe: "keep it in this folder instead",
  },
};
