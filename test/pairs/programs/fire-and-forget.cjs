const cp = require("node:child_process");
const { behaviour, misfortune, script } = require("./scenario.cjs");

misfortune();
cp.spawn(process.execPath, [script, behaviour], { stdio: "inherit" });
console.log("started");
