import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt, runtimeFolder } from "../helpers.js";
import { cacheFolder, compiler, installCompilers } from "../installed.js";

const CONSUMER = `
import type { IncomingMessage } from "node:http";
import {
  checkPort,
  type HttpResponse,
  ManagedHTTPClient,
  ManagedWebSocketConnection,
  NetworkResourceManager,
  type WebSocketLike,
  withWebSocketServer,
} from "resource-context/network";

export async function work(manager: NetworkResourceManager, made: WebSocketLike): Promise<unknown> {
  await using socket = new ManagedWebSocketConnection(new URL("ws://localhost"), { reconnect: { maxTries: 3 } });
  const stop: () => void = socket.on("message", ({ data }) => void (typeof data === "string" ? data : data.length));
  // @ts-expect-error -- there is no such event
  socket.on("mesage", () => {});
  // @ts-expect-error -- neither text nor bytes
  await socket.sendSafe({ order: 1 });
  const current: WebSocketLike = socket.value;
  const handler = (peer: WebSocketLike, { url }: IncomingMessage): void => peer.send(url ?? "", () => {});
  const port: number = await withWebSocketServer({ port: 0, handler }, ({ port }) => port);
  const client: ManagedHTTPClient = await manager.createHttpClient({ timeout: 1_000 });
  const { statusCode, body }: HttpResponse = await client.request("https://localhost", { method: "PUT" });
  // @ts-expect-error -- there is no such method
  await client.request("https://localhost", { method: "FETCH" });
  const order: unknown = await body.json();
  const isOpen: boolean = await checkPort(port, { signal: AbortSignal.timeout(1) });
  return [stop, current, statusCode, order, isOpen, new ManagedWebSocketConnection(() => made)];
}
`;
/** What only those know who have the peers and their types. */
const PEERS = `
import { Agent, Pool } from "undici";
import { WebSocket } from "ws";
import { ManagedHTTPClient, ManagedWebSocketConnection } from "resource-context/network";

export const resources = [
  new ManagedWebSocketConnection(new WebSocket("ws://localhost")),
  new ManagedWebSocketConnection(async () => new WebSocket("ws://localhost"), { reconnect: true }),
  new ManagedHTTPClient({ dispatcher: new Agent() }),
  new ManagedHTTPClient({ dispatcher: new Pool("http://localhost") }),
];
`;
const folder = path.join(cacheFolder, "resource-context-network-types");

beforeAll(async () => {
  await Promise.all([ensureBuilt(), installCompilers()]);
  fs.mkdirSync(folder, { recursive: true });
  for (const extension of ["mts", "cts"]) {
    fs.writeFileSync(path.join(folder, `consumer.${extension}`), CONSUMER);
    fs.writeFileSync(path.join(folder, `peers.${extension}`), PEERS);
  }
}, 180_000);

describe("declarations of the network", { timeout: 180_000 }, () => {
  it.each(["5.2", "6.0"])("are good for TypeScript %s, with skipLibCheck off", async (version) => {
    expect(await compile(version, ["consumer.mts", "consumer.cts"], false)).toBe("");
  });

  it("take the sockets of ws and the dispatchers of undici", async () => {
    // The types of the peers themselves are checked by their owners.
    expect(await compile("6.0", ["peers.mts", "peers.cts"], true)).toBe("");
  });

  it.each(["esm", "cjs"])("never name the packages of the peers (%s)", (kind) => {
    const root = path.join(runtimeFolder, "dist", kind, "network");
    const files = fs
      .readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".d.ts"));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files)
      expect(fs.readFileSync(path.join(root, file), "utf8")).not.toMatch(
        /from "(ws|undici)"|import\("(ws|undici)"\)/,
      );
  });
});

async function compile(version: string, files: readonly string[], skipLibCheck: boolean): Promise<string> {
  const options = {
    target: "es2022",
    module: "node16",
    moduleResolution: "node16",
    strict: true,
    noEmit: true,
  };
  const lib = ["es2022", "esnext.disposable"];
  const compilerOptions = { ...options, lib, types: ["node"], skipLibCheck };
  const config = path.join(folder, `tsconfig.${version}.${skipLibCheck ? "peers" : "all"}.json`);
  fs.writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  const run = promisify(cp.execFile);
  try {
    return (await run(process.execPath, [compiler(version), "-p", config])).stdout;
  } catch (thrown) {
    return String(Reflect.get(Object(thrown), "stdout"));
  }
}
