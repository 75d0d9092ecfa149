import { spawn } from "node:child_process";

export class Console {
  accessor shell = spawn("sh", ["-i"]);
}
