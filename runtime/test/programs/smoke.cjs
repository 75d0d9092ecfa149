/* eslint-disable @typescript-eslint/no-require-imports -- a CommonJS consumer */
const assert = require("node:assert");
const cp = require("node:child_process");
const fs = require("node:fs");
const { PassThrough } = require("node:stream");
const { ResourceContext } = require("../../dist/cjs/index.js");
const { atomicWriteFileSync, resolveInsideSync } = require("../../dist/cjs/files/index.js");
const { withWebSocketServer } = require("../../dist/cjs/network/index.js");

// Modules that are loaded when they are needed.
const ctx = new ResourceContext();
ctx.createServer();
ctx.createInterface({ input: new PassThrough() });
const file = ctx.tempFile({ suffix: ".txt" });
assert.equal(fs.statSync(file).mode & 0o777, 0o600);
atomicWriteFileSync(file, "text");
assert.equal(fs.readFileSync(file, "utf8"), "text");
assert.throws(() => resolveInsideSync("/", "\0"), { code: "ERR_INVALID_ARGUMENT" });
ctx.dispose();
assert.equal(fs.existsSync(file), false);

const child = ResourceContext.root.process(cp.spawn("sleep", ["20"]));
child.on("exit", (code, signal) => {
  assert.equal(signal, "SIGTERM");
  void withWebSocketServer({ port: 0, handler: () => {} }, (server) => {
    assert.ok(server.port > 0);
    process.stdout.write("cjs ok\n");
  });
});
void ResourceContext.root.disposeAsync();
