import { fork, type ChildProcess } from "node:child_process";

const workers: ChildProcess[] = [];

export function grow(size: number): void {
  while (workers.length < size) workers.push(fork("worker.js"));
}
