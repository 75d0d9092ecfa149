// A program that leaves things open, as its argument says, and ends as its second argument says.
import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import { ResourceContext } from "../../../dist/esm/index.js";

const [what, end] = process.argv.slice(2);
const context = new ResourceContext({ name: "build" });

function startCompiler(secret) {
  return context.process(cp.spawn("sleep", ["30", "0.1"], { env: { ...process.env, TOKEN: secret } }));
}

async function listen() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, resolve));
  return server;
}

if (what === "held") startCompiler("hunter2");
if (what === "released") {
  console.log("standard output is a pipe here");
  startCompiler("hunter2");
  await context.disposeAsync();
}
if (what === "root") ResourceContext.root.defer(() => {});
if (what === "server") await listen();
if (what === "held-server") context.server(await listen());
if (what === "several") {
  cp.spawn("sleep", ["30"]).unref();
  cp.spawn("sleep", ["0.5"]);
  for (let i = 0; i < 3; i += 1) setTimeout(() => {}, 60_000);
  context.timer(setInterval(() => {}, 60_000));
  globalThis.file = await fs.promises.open(new URL(import.meta.url), "r");
  fs.watch(".");
}
if (end === "exit") process.exit(3);
if (end === "wait") process.stdout.write("ready\n");
