const { spawn } = require("node:child_process");
const { ResourceContext } = require("resource-context");

const server = ResourceContext.root.process(spawn("node", ["server.js"]));
server.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
