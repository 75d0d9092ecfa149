import fs = require("node:fs");
import type { PathLike } from "node:fs";

function saveReport(file: PathLike, report: object): void {
  fs.writeFileSync(file, JSON.stringify(report));
}

export = saveReport;
