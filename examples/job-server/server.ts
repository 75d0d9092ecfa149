// A WebSocket server that runs jobs for its clients and sends them what the jobs print.
//
//   node --import tsx server.ts          prints the port it listens on
//
// A client sends { "run": "<job>", "args": [..] } and gets { job, line }, .. { job, code }. When a client goes, its jobs
// go. When the server is asked to stop, clients are told goodbye; when it is killed, its jobs are ended all the same.
import { once } from "node:events";
import { ResourceContext } from "resource-context";
import { ManagedWebSocketServer, type WebSocketLike } from "resource-context/network";

/** What clients may run. Their arguments never reach a shell. */
const jobs: Readonly<Record<string, readonly [string, ...string[]]>> = {
  count: ["node", "-e", "for (let i = 1; i <= Number(process.argv[1]); i += 1) console.log(i)"],
  wait: ["node", "-e", "console.log(process.pid); setInterval(() => {}, 1000)"],
};
/** Jobs that one client may run at a time. */
const jobsPerClient = 4;

interface Request {
  readonly run: string;
  readonly args?: readonly string[];
}

const root = ResourceContext.root;
const server = root.use(new ManagedWebSocketServer({ port: 0, maxConnections: 100, handler: serve }));
await server.initialize();
console.log(server.port);

/** One context for each client: it goes with the connection, and the jobs with it. */
function serve(socket: WebSocketLike): void {
  const client = root.child({ name: "client" });
  socket.on("close", () => void client.disposeAsync());
  socket.on("message", (data) => {
    handle(client, socket, String(data)).catch((error: unknown) =>
      send(socket, { error: error instanceof Error ? error.message : "unknown" }),
    );
  });
}

async function handle(client: ResourceContext, socket: WebSocketLike, text: string): Promise<void> {
  const { run, args = [] }: Request = JSON.parse(text);
  const job = jobs[run];
  if (job === undefined) throw new Error(`There is no such job. Known: ${Object.keys(jobs).join(", ")}`);
  if (client.size >= jobsPerClient) throw new Error(`${jobsPerClient} jobs are running for you already.`);
  const [program, ...fixed] = job;
  const child = client.spawn(program, [...fixed, ...args.map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = client.createInterface({ input: child.stdout });
  lines.on("line", (line) => send(socket, { job: run, line }));
  const [code] = await once(child, "close");
  client.disown(lines);
  send(socket, { job: run, code });
}

/** A client that has gone has no use for what its jobs print. */
function send(socket: WebSocketLike, message: object): void {
  if (socket.readyState === 1) socket.send(JSON.stringify(message), () => undefined);
}
