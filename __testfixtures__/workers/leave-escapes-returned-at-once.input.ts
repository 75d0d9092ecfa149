import { Worker } from "node:worker_threads";

export const startRenderer = (): Worker => new Worker("./renderer.js");
