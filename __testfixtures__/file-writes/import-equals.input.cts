import fs = require("fs");

export function saveState(path: string, state: object): void {
  fs.writeFileSync(path, JSON.stringify(state));
  fs.chmodSync(path, 0o600);
}
