// Locks a file, says so, and keeps it: hold.mjs FILE [idle|busy|work] . "work" counts in the file and dies with the lock.
import * as fs from "node:fs";
import { lockedFile } from "../../../dist/esm/files/index.js";

const [, , file, how = "idle"] = process.argv;
const lock = await lockedFile(file, { timeout: 60_000 });
process.on("SIGTERM", () => void lock.close().then(() => process.exit(0)));
if (how === "work") {
  fs.writeFileSync(file, String(Number(fs.readFileSync(file, "utf8")) + 1));
  process.kill(process.pid, "SIGKILL");
}
fs.writeSync(1, "held\n");
if (how === "busy") for (;;);
setInterval(() => {}, 1_000);
