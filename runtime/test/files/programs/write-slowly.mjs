// Writes without committing, and ends in some way: write-slowly.mjs FILE exit|SIGTERM|wait|commit
import * as fs from "node:fs";
import { AtomicFileWriter } from "../../../dist/esm/files/index.js";
import { ResourceContext } from "../../../dist/esm/index.js";

const [, , file, how] = process.argv;
const writer = ResourceContext.root.use(new AtomicFileWriter(file));
await writer.write("new");
fs.writeSync(1, "written\n");
if (how === "exit") process.exit(3);
if (how === "SIGTERM") process.kill(process.pid, "SIGTERM");
if (how === "commit") await writer.commit();
else setInterval(() => {}, 1_000);
