import * as cp from "node:child_process";
import { ResourceContext } from "resource-context";

export function compressLogs(folder: string, report: (code: number | null) => void): void {
  ResourceContext.root.process(cp.spawn("gzip", ["-r", folder]))
    .on("error", () => report(null))
    .on("close", report);
}
