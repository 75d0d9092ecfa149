import { Worker } from "jest-worker";
import Default, { Piscina } from "piscina";
import DefaultPool, { Tinypool } from "tinypool";
import { pool } from "workerpool";

export const farm = new Worker("task.js");
export const plain = new Default({ filename: "task.js" });
export const named = new Piscina({ filename: "task.js" });
export const tiny = new DefaultPool({ filename: "task.js" });
export const tinier = new Tinypool({ filename: "task.js" });
export const pooled = pool("task.js");
