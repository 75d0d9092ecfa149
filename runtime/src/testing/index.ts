import "../disposable.js";

export { failOnLeaks, type FailOnLeaksOptions } from "./fail-on-leaks.js";
export { LeakError } from "./leak-error.js";
