import * as cp from "node:child_process";
import scenario from "./scenario.cjs";

function listUploads(done) {
  cp.execFile(process.execPath, [scenario.script, scenario.behaviour], done);
}

scenario.misfortune();
listUploads((error, stdout) => console.log(error === null ? stdout.trim() : "failed"));
