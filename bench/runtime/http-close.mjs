// How long does it take to close an HTTP server while a client does this or that, and does its answer arrive?
import * as http from "node:http";
import * as net from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { createHttpTerminator } from "http-terminator";
import { ResourceContext } from "../../runtime/dist/esm/index.js";

const GRACE = 1_000;

const clients = {
  "idle keep-alive": async (port, agent) => void (await body(http.get({ port, agent, path: "/" }))),
  "hung request": (port, agent) => void http.get({ port, agent, path: "/hung" }).on("error", () => {}),
  "half-sent request": (port) => raw(port, "GET / HTTP/1.1\r\nHost: x\r\n"),
  "raw TCP": (port) => raw(port, ""),
  "event stream": async (port, agent) => {
    const [answer] = await once(http.get({ port, agent, path: "/events" }), "response");
    answer.on("error", () => {}).resume();
  },
  "700 ms request": (port, agent) => body(http.get({ port, agent, path: "/slow" })),
};

const closers = {
  "server.close": (server) => new Promise((resolve) => server.close(resolve)),
  closeAllConnections: (server) => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    return closed;
  },
  "http-terminator, 1 s": (server, { terminator }) => terminator.terminate(),
  "ours, 1 s": (server, { ctx }) => ctx.disposeAsync(),
};

export async function httpClose({ bound }) {
  const rows = await Promise.all(
    Object.entries(closers).map(async ([name, close]) => [
      name,
      ...(await Promise.all(Object.values(clients).map((client) => measure(client, close, bound)))),
    ]),
  );
  return {
    title: "Closing an HTTP server, ms",
    columns: ["closed with", ...Object.keys(clients)],
    rows,
  };
}

async function measure(client, close, bound) {
  const server = http.createServer(answer).listen(0);
  await once(server, "listening");
  const helpers = {
    terminator: createHttpTerminator({ server, gracefulTerminationTimeout: GRACE }),
    ctx: new ResourceContext({ resourceTimeout: GRACE }),
  };
  helpers.ctx.server(server);
  const agent = new http.Agent({ keepAlive: true });
  const answered =
    client === clients["700 ms request"] ? outcome(client(server.address().port, agent)) : undefined;
  if (answered === undefined) await client(server.address().port, agent);
  await sleep(100);
  const begin = performance.now();
  const isClosed = await Promise.race([close(server, helpers).then(() => true), sleep(bound, false)]);
  const ms = performance.now() - begin;
  // The client lives in this process and may still have to read what has arrived.
  const delivery = answered === undefined ? "" : `, ${await answered}`;
  server.closeAllConnections();
  agent.destroy();
  const time = isClosed ? ms.toFixed(0) : `> ${bound}`;
  return `${time}${delivery}`;
}

function answer(request, response) {
  switch (request.url) {
    case "/hung":
      return;
    case "/events":
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("data: first\n\n");
      return;
    case "/slow":
      setTimeout(() => response.end("slow"), 700);
      return;
    default:
      response.end("ok");
  }
}

async function body(request) {
  const [response] = await once(request, "response");
  let text = "";
  for await (const chunk of response) text += chunk;
  return text;
}

const outcome = (promise) =>
  promise.then(
    (text) => (text === "slow" ? "delivered" : "cut off"),
    () => "cut off",
  );

function raw(port, text) {
  const socket = net.connect(port).on("error", () => {});
  socket.write(text);
  return once(socket, "connect");
}
