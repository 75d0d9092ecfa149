// A server, a client and a child that belong together. They are closed in one order: servers, sockets, clients, processes.
import { once } from "node:events";
import { createServer } from "node:http";
import { NetworkResourceManager } from "resource-context/network";

await using manager = new NetworkResourceManager();
const server = createServer((_request, response) => response.end("ready"));
await manager.server(server.listen(0, "127.0.0.1"));
if (!server.listening) await once(server, "listening");
const address = server.address();
const port = typeof address === "object" && address !== null ? address.port : 0;

const client = await manager.createHttpClient();
const { body } = await client.request(`http://127.0.0.1:${port}/`);
console.log(await body.text());

const child = await manager.createSubprocess({ command: "sleep", args: ["60"] });
console.log(child.state);
