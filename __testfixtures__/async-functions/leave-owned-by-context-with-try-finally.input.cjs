const { spawn } = require("child_process");
const { ResourceContext } = require("resource-context");

exports.smokeTest = async function smokeTest(port, test) {
  const resources = new ResourceContext();
  try {
    const server = resources.process(spawn("serve", ["-l", String(port)]));
    server.on("close", (code) => console.log(`server: ${code}`));
    await test();
  } finally {
    await resources.disposeAsync();
  }
};
