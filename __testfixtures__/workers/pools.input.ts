import { Worker } from "jest-worker";
import Default, { Piscina } from "piscina";
import DefaultPool, { Tinypool } from "tinypool";
import { pool } from "workerpool";

export async function crunch(file: string, work: () => Promise<void>): Promise<void> {
  const plain = new Default({ filename: file });
  const named = new Piscina({ filename: file });
  const tiny = new DefaultPool({ filename: file });
  const tinier = new Tinypool({ filename: file });
  const pooled = pool(file);
  await work();
  await pooled.terminate();
  await tinier.destroy();
  await tiny.destroy();
  await named.destroy();
  await plain.destroy();
}

export async function farm(file: string, check: () => Promise<void>): Promise<Worker> {
  const workers = new Worker(file);
  await check();
  return workers;
}
