// Takes and releases children and folders without a pause, so that a signal may come at any moment of that.
import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ResourceContext } from "../../dist/esm/index.js";

process.stdout.write("ready\n");
for (;;) {
  const ctx = new ResourceContext();
  ctx.tempDir(fs.mkdtempSync(path.join(os.tmpdir(), "churn-")));
  ctx.spawn("true", { stdio: "ignore" });
  ctx.process(cp.spawn("true", { stdio: "ignore" }));
  ctx.defer(() => {});
  await ctx.disposeAsync();
}
