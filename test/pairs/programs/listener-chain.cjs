"use strict";
const { spawn } = require("child_process");
const { behaviour, misfortune, script } = require("./scenario.cjs");

misfortune();
spawn(process.execPath, [script, behaviour], { stdio: "inherit" })
  .on("error", (error) => console.error(error))
  .on("close", (code) => process.exit(code === 0 ? 7 : 8));
