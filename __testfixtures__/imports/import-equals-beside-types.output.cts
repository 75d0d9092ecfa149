import type { PathLike } from "node:fs";
import resourceContext = require("resource-context");
const { atomicWriteFileSync } = resourceContext;

function saveReport(file: PathLike, report: object): void {
  atomicWriteFileSync(file, JSON.stringify(report));
}

export = saveReport;
