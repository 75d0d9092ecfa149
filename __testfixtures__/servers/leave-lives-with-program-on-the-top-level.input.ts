import { createServer } from "node:http";

const server = createServer((_, response) => response.end("ok"));
server.listen(8080, () => console.log("listening"));
