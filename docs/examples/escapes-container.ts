import { Worker } from "node:worker_threads";

const pool: Worker[] = [];

export function grow(size: number): void {
  while (pool.length < size) pool.push(new Worker("./job.js"));
}
