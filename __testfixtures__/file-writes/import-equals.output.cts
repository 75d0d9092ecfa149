import fs = require("fs");
import { atomicWriteFileSync } from "resource-context";

export function saveState(path: string, state: object): void {
  atomicWriteFileSync(path, JSON.stringify(state));
  fs.chmodSync(path, 0o600);
}
