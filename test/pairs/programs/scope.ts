import { spawn } from "node:child_process";
import { once } from "node:events";
import scenario from "./scenario.cjs";

async function migrate(): Promise<string> {
  const child = spawn(process.execPath, [scenario.script, scenario.behaviour]);
  const closed = once(child, "close");
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  await scenario.prepare();
  const [code] = await closed;
  return `${output}migrated: ${code}`;
}

migrate().then(console.log, (error: Error) => {
  console.error(error.message);
  process.exit(6);
});
