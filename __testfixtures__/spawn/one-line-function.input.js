import { spawn } from "child_process";

export function ping(host, done) { spawn("ping", ["-c", "1", host]).on("close", done); }
