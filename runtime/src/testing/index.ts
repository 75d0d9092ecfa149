import "../disposable.js";

export { failOnLeaks, type FailOnLeaksOptions, type RegisterHook } from "./fail-on-leaks.js";
export { LeakError } from "./leak-error.js";
