import { disposablePolicy, handleOf } from "./disposable.js";
import { filePolicy } from "./file.js";
import { processPolicy } from "./process.js";
import type { PolicyFor } from "./promised.js";
import { serverPolicy } from "./server.js";
import { socketPolicy } from "./socket.js";
import { streamPolicy } from "./stream.js";
import { timerPolicy } from "./timer.js";
import { workerPolicy } from "./worker.js";

const policies = {
  process: processPolicy,
  stream: streamPolicy,
  server: serverPolicy,
  socket: socketPolicy,
  file: filePolicy,
  timer: timerPolicy,
  worker: workerPolicy,
} as const;

/** How to release whatever brings its own way, handles of Node included; undefined when nothing is known of it. */
export function policyForAny(value: unknown): PolicyFor | undefined {
  const handle = handleOf(value);
  if (handle !== undefined) return policies[handle];
  return disposablePolicy(value) === undefined ? undefined : disposablePolicy;
}
