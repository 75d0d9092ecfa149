import { exec } from "node:child_process";
import { promisify } from "node:util";
import scenario from "./scenario.cjs";

const run = promisify(exec);

scenario.misfortune();
const { stdout } = await run(scenario.command);
console.log(stdout.trim());
