/* eslint-disable @typescript-eslint/no-require-imports -- a CommonJS consumer */
const assert = require("node:assert");
const cp = require("node:child_process");
const { ResourceContext } = require("../../dist/cjs/index.js");
const { withWebSocketServer } = require("../../dist/cjs/network/index.js");

const child = ResourceContext.root.process(cp.spawn("sleep", ["20"]));
child.on("exit", (code, signal) => {
  assert.equal(signal, "SIGTERM");
  void withWebSocketServer({ port: 0, handler: () => {} }, (server) => {
    assert.ok(server.port > 0);
    process.stdout.write("cjs ok\n");
  });
});
void ResourceContext.root.disposeAsync();
