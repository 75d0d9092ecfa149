const { spawn } = require("node:child_process");

const server = spawn("node", ["server.js"]);
server.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
