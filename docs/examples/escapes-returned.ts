import { spawn, type ChildProcess } from "node:child_process";

export const serve = (port: number): ChildProcess => spawn("serve", ["-l", String(port)]);
