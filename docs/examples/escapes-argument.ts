import { connect } from "node:net";

export function join(port: number, register: (socket: object) => void): void {
  const socket = connect(port);
  register(socket);
}
