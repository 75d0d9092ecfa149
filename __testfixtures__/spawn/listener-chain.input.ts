import * as cp from "node:child_process";

export function compressLogs(folder: string, report: (code: number | null) => void): void {
  cp.spawn("gzip", ["-r", folder])
    .on("error", () => report(null))
    .on("close", report);
}
