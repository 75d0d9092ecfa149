import { expect, it } from "vitest";
import * as core from "../src/index.js";
import * as files from "../src/files/index.js";
import * as leaks from "../src/leaks/index.js";
import * as metrics from "../src/metrics/index.js";
import * as network from "../src/network/index.js";
import * as protocols from "../src/protocols/index.js";
import * as testing from "../src/testing/index.js";

// The names of the design, each where the design has it.
const names: readonly (readonly [entry: string, has: object, names: string])[] = [
  [
    "resource-context",
    core,
    "ResourceContext ResourceManager ManagedResource ManagedSubprocess HealthMonitor configure settings " +
      "cleanupAllGlobalResources withTempFile withTempDir withManagedProcess withResourceCleanup " +
      "atomicWriteFile atomicWriteFileSync",
  ],
  [
    "resource-context/files",
    files,
    "AtomicFileWriter LockedFileResource SafeDirectoryCreator BatchFileOperations SafeFileOperations " +
      "atomicFileWrite lockedFile withLockedFile withSafeDirectory withBatchFileOperations " +
      "atomicWriteFile atomicWriteFileSync resolveInside resolveInsideSync decodeText",
  ],
  [
    "resource-context/network",
    network,
    "ManagedWebSocketConnection ManagedWebSocketServer ManagedHTTPClient ManagedSubprocess " +
      "NetworkResourceManager WebSocketHealthMonitor withHttpClient withWebSocketServer checkPort waitForPort",
  ],
  [
    "resource-context/protocols",
    protocols,
    "AbstractManagedResource AbstractFileResource AbstractProcessResource AbstractTaskResource " +
      "AbstractNetworkResource ResourcePool withResourceCleanup ensureInitialized",
  ],
  [
    "resource-context/leaks",
    leaks,
    "ResourceLeakDetector enableLeakDetection getLeakDetector disableLeakDetection leakReport formatLeakReport",
  ],
  ["resource-context/testing", testing, "failOnLeaks LeakError"],
  ["resource-context/metrics", metrics, "recordToOpenTelemetry recordToPromClient logResourceEvents"],
];

it.each(names)("%s has every name that belongs there", (_entry, has, wanted) => {
  expect(Object.keys(has)).toEqual(expect.arrayContaining(wanted.split(" ")));
});

it("a name that two entries have is one thing", () => {
  expect(network.ManagedSubprocess).toBe(core.ManagedSubprocess);
  expect(files.atomicWriteFile).toBe(core.atomicWriteFile);
});
