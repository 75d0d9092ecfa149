import "../disposable.js";
import { startWhenPreloaded } from "./preload.js";

export { disableLeakDetection, enableLeakDetection, getLeakDetector, leakReport } from "./detection.js";
export { type LeakDetectionOptions, type LeakMark, ResourceLeakDetector } from "./detector.js";
export { formatLeakReport, type LeakReport, type OpenHandle, type OpenResource } from "./report.js";

startWhenPreloaded();
