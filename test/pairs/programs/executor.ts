import { spawn } from "node:child_process";
import scenario from "./scenario.cjs";

function convert(): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [scenario.script, scenario.behaviour]);
    child.stdout.on("data", (chunk) => process.stdout.write(String(chunk)));
    child.on("error", reject);
    child.on("close", resolve);
  });
}

scenario.misfortune();
process.exitCode = (await convert()) ?? 9;
console.log("converted");
