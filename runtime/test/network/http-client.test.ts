import { once } from "node:events";
import * as http from "node:http";
import * as net from "node:net";
import { Readable } from "node:stream";
import { Pool } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { ManagedHTTPClient, NetworkTimeoutError, withHttpClient } from "../../src/network/index.js";
import { until } from "../helpers.js";
import { listen } from "./support/servers.js";

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(
  answer: (request: http.IncomingMessage, response: http.ServerResponse) => void,
): Promise<{ readonly url: string; readonly server: http.Server }> {
  const server = http.createServer(answer);
  servers.push(server);
  return { url: `http://127.0.0.1:${await listen(server)}`, server };
}

async function took(work: Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work;
  return performance.now() - begin;
}

const echo = (request: http.IncomingMessage, response: http.ServerResponse): void => {
  const { method, url, headers } = request;
  const chunks: string[] = [];
  request.on("data", (chunk) => chunks.push(String(chunk)));
  request.on("end", () =>
    response.end(JSON.stringify({ method, url, agent: headers["x-agent"], body: chunks.join("") })),
  );
};

describe("a managed HTTP client", () => {
  it("makes requests, relative to its base", async () => {
    const { url } = await serve(echo);
    await using client = new ManagedHTTPClient({ baseUrl: `${url}/v1/`, headers: { "x-agent": "jobs" } });
    const response = await client.request("orders", { query: { page: 2 } });
    expect(response.statusCode).toBe(200);
    expect(await response.body.json()).toEqual({
      method: "GET",
      url: "/v1/orders?page=2",
      agent: "jobs",
      body: "",
    });
    expect(await until(() => client.pending === 0)).toBe(true);
  });

  it.each([
    ["text", "order"],
    ["bytes", new TextEncoder().encode("order")],
  ])("sends a body of %s", async (_name, body) => {
    const { url } = await serve(echo);
    await using client = new ManagedHTTPClient();
    const { body: answer } = await client.request(url, { method: "POST", body });
    expect(await answer.json()).toMatchObject({ method: "POST", body: "order" });
  });

  it("sends a stream", async () => {
    const { url } = await serve(echo);
    await using client = new ManagedHTTPClient();
    const { body } = await client.request(url, { method: "PUT", body: Readable.from(["or", "der"]) });
    expect(await body.json()).toMatchObject({ method: "PUT", body: "order" });
  });

  it("ends a request that is not answered in time", async () => {
    const { url } = await serve(() => {});
    await using client = new ManagedHTTPClient({ timeout: 100 });
    await expect(client.request(url)).rejects.toBeInstanceOf(NetworkTimeoutError);
    await expect(client.request(url, { timeout: 50 })).rejects.toThrow(/50 ms/);
    expect(client.pending).toBe(0);
  });

  it("ends an answer that begins in time and never ends", async () => {
    const { url } = await serve((_request, response) => void response.write("begin"));
    await using client = new ManagedHTTPClient({ timeout: 2_000 });
    const { body } = await client.request(url);
    await expect(body.text()).rejects.toBeInstanceOf(NetworkTimeoutError);
    expect(await until(() => client.pending === 0)).toBe(true);
  });

  it("leaves an answer alone that was read in time", async () => {
    const { url } = await serve((_request, response) => response.end("done"));
    await using client = new ManagedHTTPClient({ timeout: 2_000 });
    const { body } = await client.request(url);
    expect(await body.text()).toBe("done");
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await (await client.request(url)).body.text()).toBe("done");
  });

  it("ends a request when its signal is aborted, before, during and after it was sent", async () => {
    const { url } = await serve((_request, response) => void response.write("begin"));
    await using client = new ManagedHTTPClient();
    const early = AbortSignal.abort(new Error("not wanted"));
    await expect(client.request(url, { signal: early })).rejects.toThrow("not wanted");
    const controller = new AbortController();
    const { body } = await client.request(url, { signal: controller.signal });
    controller.abort(new Error("changed my mind"));
    await expect(body.text()).rejects.toThrow("changed my mind");
  });

  it("fails when nobody listens", async () => {
    const { url, server } = await serve(echo);
    await new Promise((resolve) => server.close(resolve));
    await using client = new ManagedHTTPClient();
    await expect(client.request(url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(client.pending).toBe(0);
  });
});

describe("closing it", () => {
  it("lets requests under way end", async () => {
    const { url, server } = await serve(
      (_request, response) => void setTimeout(() => response.end("done"), 300),
    );
    const client = new ManagedHTTPClient();
    const request = client.request(url).then(({ body }) => body.text());
    await once(server, "request");
    await client.close();
    expect(await request).toBe("done");
  });

  it("cuts a request that hangs after the close timeout, and no later", async () => {
    const { url, server } = await serve(() => {});
    const client = new ManagedHTTPClient({ closeTimeout: 200 });
    const request = expect(client.request(url)).rejects.toMatchObject({ code: "ERR_RESOURCE_STATE" });
    await once(server, "request");
    const ms = await took(Promise.all([client.close(), request]));
    expect(ms).toBeGreaterThan(150);
    expect(ms).toBeLessThan(3_000);
  });

  it("is quick when there is nothing under way, and leaves no connection", async () => {
    const { url, server } = await serve((_request, response) => response.end("done"));
    const sockets: net.Socket[] = [];
    server.on("connection", (socket) => sockets.push(socket));
    const client = new ManagedHTTPClient();
    await (await client.request(url)).body.text();
    expect(await took(client.close())).toBeLessThan(3_000);
    expect(await until(() => sockets.every((socket) => socket.destroyed))).toBe(true);
    await expect(client.request(url)).rejects.toMatchObject({ code: "ERR_RESOURCE_STATE" });
  });

  it("ends everything at once when nobody can wait", async () => {
    const { url, server } = await serve(() => {});
    const client = new ManagedHTTPClient();
    const request = expect(client.request(url)).rejects.toBeInstanceOf(Error);
    await once(server, "request");
    client.closeSync();
    await request;
  });

  it("closes a dispatcher that it was given", async () => {
    const { url } = await serve(echo);
    const pool = new Pool(url);
    const client = new ManagedHTTPClient({ dispatcher: pool });
    expect(await (await client.request(url)).body.json()).toMatchObject({ method: "GET" });
    await client.close();
    expect(pool.destroyed).toBe(true);
  });
});

describe("withHttpClient", () => {
  it("closes the client after the body, which may throw", async () => {
    const { url } = await serve(echo);
    const kept: ManagedHTTPClient[] = [];
    const work = (client: ManagedHTTPClient): Promise<number> => {
      kept.push(client);
      return client.request(url).then(({ statusCode, body }) => body.text().then(() => statusCode));
    };
    expect(await withHttpClient({}, work)).toBe(200);
    const failing = withHttpClient({}, (client) => {
      kept.push(client);
      throw new Error("no such order");
    });
    await expect(failing).rejects.toThrow("no such order");
    expect(kept.map(({ state }) => state)).toEqual(["closed", "closed"]);
  });
});

describe("bad input", () => {
  it.each([
    [
      "a base that is no URL",
      () => new ManagedHTTPClient({ baseUrl: "example.com" }),
      "ERR_INVALID_ARGUMENT",
    ],
    ["an endless timeout", () => new ManagedHTTPClient({ timeout: Infinity }), "ERR_INVALID_ARGUMENT"],
    ["no connections", () => new ManagedHTTPClient({ connections: 0 }), "ERR_INVALID_ARGUMENT"],
    [
      "a dispatcher that is none",
      () => new ManagedHTTPClient({ dispatcher: JSON.parse("{}") }),
      "ERR_INVALID_ARGUMENT",
    ],
    ["a mistyped option", () => new ManagedHTTPClient(JSON.parse('{"timout":1}')), "ERR_UNKNOWN_OPTION"],
  ])("is refused: %s", (_name, make, code) => {
    expect(make).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ["a relative URL without a base", "orders", undefined, "ERR_INVALID_ARGUMENT"],
    ["a URL of another protocol", "ftp://localhost", undefined, "ERR_INVALID_ARGUMENT"],
    ["a mistyped option", "http://localhost", '{"metod":"GET"}', "ERR_UNKNOWN_OPTION"],
    ["a signal that is none", "http://localhost", '{"signal":1}', "ERR_INVALID_ARGUMENT"],
  ])("is refused: %s", async (_name, url, options, code) => {
    await using client = new ManagedHTTPClient();
    const given = options === undefined ? undefined : JSON.parse(options);
    await expect(client.request(url, given)).rejects.toMatchObject({ code });
  });
});
