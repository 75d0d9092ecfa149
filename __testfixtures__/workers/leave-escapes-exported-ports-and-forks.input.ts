import cluster from "node:cluster";
import { MessageChannel } from "node:worker_threads";

export const channel = new MessageChannel();
export const worker = cluster.fork();
