/* eslint-disable @typescript-eslint/no-require-imports -- a CommonJS program */
const { ResourceContext } = require("../../../dist/cjs/index.js");

function openLog() {
  return new ResourceContext({ name: "log" }).adopt({ path: "build.log" }, () => {});
}
openLog();
