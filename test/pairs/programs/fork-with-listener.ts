import { fork } from "node:child_process";
import scenario from "./scenario.cjs";

export class Renderer {
  start(onExit: (code: number | null) => void): void {
    const worker = fork(scenario.script, [scenario.behaviour], { stdio: "inherit" });
    worker.on("exit", onExit);
  }
}

scenario.misfortune();
new Renderer().start((code) => console.log(`renderer: ${code}`));
