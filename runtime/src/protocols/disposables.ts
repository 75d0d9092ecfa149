import "../symbols.js";
import { read } from "../duck.js";

/** Whether something brings its own way to be released. */
export const isDisposable = (value: unknown): value is AsyncDisposable | Disposable =>
  typeof (read(value, Symbol.asyncDispose) ?? read(value, Symbol.dispose)) === "function";
