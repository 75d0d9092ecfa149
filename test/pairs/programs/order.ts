// A child that works in a folder, with a log that lies there: each must end before what it depends on.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const last = `
  const { writeFileSync } = require("node:fs");
  process.on("SIGTERM", () => {
    try {
      writeFileSync("last", "");
      console.log("the folder was there");
    } catch (error) {
      console.log(error.code);
    }
    process.exit();
  });
  setInterval(() => undefined, 1000);
  console.log("started");
`;

async function work(end: () => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "order-"));
  console.log(folder);
  const log = createWriteStream(path.join(folder, "log"));
  const child = spawn(process.execPath, ["-e", last], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.on("data", (chunk: Buffer) => process.stdout.write(chunk));
  await once(child.stdout, "data");
  log.write("half of a line");
  await end();
  child.kill();
  await once(child, "close");
  log.end();
  await once(log, "close");
  console.log(existsSync(folder));
  rmSync(folder, { recursive: true });
}

const ends: Readonly<Record<string, () => Promise<void>>> = {
  throw: async () => {
    throw new Error("the disk is full");
  },
  exit: async () => process.exit(3),
};
work(ends[process.env["PAIR_SCENARIO"] ?? ""] ?? (async () => undefined)).catch((error: Error) => {
  console.log(error.message);
  process.exit(6);
});
