// A WebSocket server and a client, both closed at the end: clients are told goodbye, and cut when they do not answer.
import { ManagedWebSocketConnection, withWebSocketServer } from "resource-context/network";

const answer = await withWebSocketServer(
  { port: 0, handler: (socket) => socket.on("message", (data) => socket.send(`echo ${data}`, () => {})) },
  async (server) => {
    await using client = new ManagedWebSocketConnection(`ws://127.0.0.1:${server.port}`);
    const answered = new Promise((resolve) => client.on("message", ({ data }) => resolve(data)));
    await client.initialize();
    await client.sendSafe("hello");
    return answered;
  },
);
console.log(answer);
