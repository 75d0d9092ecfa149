import { spawn } from "node:child_process";

export class Stack {
  readonly database = spawn("postgres", ["-D", "data"]);
  readonly cache = spawn("redis-server");

  shutDown(): void {
    this.cache.kill();
    this.database.kill();
  }
}
