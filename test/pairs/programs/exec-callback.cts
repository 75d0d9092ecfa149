import cp = require("node:child_process");
import scenario = require("./scenario.cjs");

scenario.misfortune();
cp.exec(scenario.command, (error, stdout) => {
  console.log(error === null ? `output: ${stdout.trim()}` : "failed");
  process.exitCode = error === null ? 4 : 5;
});
