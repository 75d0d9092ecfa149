import { Worker } from "jest-worker";
import Default, { Piscina } from "piscina";
import { ResourceContext } from "resource-context";
import DefaultPool, { Tinypool } from "tinypool";
import { pool } from "workerpool";

export async function crunch(file: string, work: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const plain = ctx.adopt(new Default({ filename: file }), (pool) => pool.destroy());
  const named = ctx.adopt(new Piscina({ filename: file }), (pool) => pool.destroy());
  const tiny = ctx.adopt(new DefaultPool({ filename: file }), (pool) => pool.destroy());
  const tinier = ctx.adopt(new Tinypool({ filename: file }), (pool) => pool.destroy());
  const pooled = ctx.adopt(pool(file), (pool) => pool.terminate());
  await work();
  await pooled.terminate();
  await tinier.destroy();
  await tiny.destroy();
  await named.destroy();
  await plain.destroy();
}

export async function farm(file: string, check: () => Promise<void>): Promise<Worker> {
  await using ctx = new ResourceContext();
  const workers = ctx.adopt(new Worker(file), (handle) => handle.end());
  await check();
  return ctx.disown(workers);
}
