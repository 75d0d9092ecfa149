export { spawn, fork as startWorker } from "node:child_process";
export * as files from "node:fs/promises";
