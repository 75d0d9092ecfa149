// The child of the programs: does a little and ends, or stays until it is killed.
import { writeFileSync } from "node:fs";

const [, , behaviour = "brief"] = process.argv;

if (behaviour === "stubborn") process.on("SIGTERM", () => undefined);
if (behaviour !== "brief") setInterval(() => undefined, 1000);
console.log(`child is ${behaviour}`);
if (process.env.PAIR_STARTED) writeFileSync(process.env.PAIR_STARTED, "");
