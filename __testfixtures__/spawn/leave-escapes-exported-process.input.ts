import { spawn } from "node:child_process";

export const metrics = spawn("node_exporter", ["--web.listen-address=:9100"]);
