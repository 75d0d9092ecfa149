import { serve } from "@hono/node-server";
import connect from "connect";
import express from "express";
import make, { fastify } from "fastify";
import Koa from "koa";
import { server } from "superstatic";

export async function smoke(visit: () => Promise<void>): Promise<void> {
  const app = express();
  const listening = app.listen(1);
  const middle = connect().listen(2);
  const koa = new Koa().listen(3);
  const files = server({ cwd: "." }).listen(4);
  const hono = serve({ port: 5 });
  const fast = fastify();
  const made = make();
  await visit();
  await made.close();
  await fast.close();
  hono.close();
  files.close();
  koa.close();
  middle.close();
  listening.close();
}
