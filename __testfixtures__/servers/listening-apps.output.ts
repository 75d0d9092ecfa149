import { serve } from "@hono/node-server";
import connect from "connect";
import express from "express";
import make, { fastify } from "fastify";
import Koa from "koa";
import { ResourceContext } from "resource-context";
import { server } from "superstatic";

export async function smoke(visit: () => Promise<void>): Promise<void> {
  const app = express();
  await using ctx = new ResourceContext();
  const listening = ctx.server(app.listen(1));
  const middle = ctx.server(connect().listen(2));
  const koa = ctx.server(new Koa().listen(3));
  const files = ctx.server(server({ cwd: "." }).listen(4));
  const hono = ctx.server(serve({ port: 5 }));
  const fast = ctx.adopt(fastify(), (app) => app.close());
  const made = ctx.adopt(make(), (app) => app.close());
  await visit();
  await made.close();
  await fast.close();
  hono.close();
  files.close();
  koa.close();
  middle.close();
  listening.close();
}
