import { ResourceContext } from "../../../dist/esm/index.js";
import { getLeakDetector } from "../../../dist/esm/leaks/index.js";

new ResourceContext({ name: "library" }).defer(() => {});
if (getLeakDetector() === undefined) process.exitCode = 0;
