import { spawn } from "node:child_process";
import { once } from "node:events";
import scenario from "./scenario.cjs";

async function resizeAll(images) {
  for (const image of images) {
    const child = spawn(process.execPath, [scenario.script, scenario.behaviour]);
    const closed = once(child, "close");
    await scenario.prepare();
    const [code] = await closed;
    console.log(`${image}: ${code}`);
  }
}

resizeAll(["cat.png", "dog.png"]).catch((error) => {
  console.error(error.message);
  process.exit(6);
});
