import type * as threads from "node:worker_threads";
import { isFunction } from "../duck.js";
import type { Keep } from "../keep.js";
import { builtin } from "../lazy.js";
import { taskPolicy } from "../policies/task.js";
import { workerPolicy } from "../policies/worker.js";
import { expectMethods } from "../validate.js";

/** Starts a worker from its file, or takes one that runs. */
export function working(keep: Keep, given: unknown, options: threads.WorkerOptions | undefined): unknown {
  const worker =
    (typeof given === "string" && given !== "") || given instanceof URL
      ? startWorker(keep, given, options)
      : given;
  return keep.holdHandle(worker, (forget) => workerPolicy(worker, forget));
}

function startWorker(keep: Keep, file: string | URL, options: threads.WorkerOptions | undefined): unknown {
  keep.refuseEarly("worker");
  const { Worker } = builtin("node:worker_threads");
  return new Worker(file, options);
}

/** Starts work with a signal of its own, or takes the promise of work that is under way. */
export function running(keep: Keep, given: unknown, controller: unknown): unknown {
  if (isFunction(given)) return startTask(keep, given);
  if (controller !== undefined && controller !== null) expectMethods("controller", controller, ["abort"]);
  return keep.holdHandle(given, () => taskPolicy(given, controller));
}

function startTask(keep: Keep, body: (signal: AbortSignal) => unknown): unknown {
  keep.refuseEarly("task");
  const controller = new AbortController();
  const promise = (async (): Promise<unknown> => body(controller.signal))();
  return keep.holdHandle(promise, () => taskPolicy(promise, controller));
}
