import { createServer, type Server } from "node:http";

export const local = {
  get server(): Server {
    return createServer();
  },
};
