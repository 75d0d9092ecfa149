import { spawn } from "child_process";
import { ResourceContext } from "resource-context";

export function ping(host, done) { ResourceContext.root.process(spawn("ping", ["-c", "1", host])).on("close", done); }
