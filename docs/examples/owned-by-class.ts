import { connect } from "node:net";

export class Client {
  readonly socket = connect(6379);

  close(): void {
    this.socket.end();
  }
}
