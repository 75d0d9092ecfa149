import { promises } from "node:fs";
import { watch as watchFiles } from "node:fs/promises";
import { watch as watchModules } from "rolldown";
import { watch } from "rollup";

export const bundles = watch({ input: "main.js" });
export const modules = watchModules({ input: "main.js" });
export const files = watchFiles("src");
export const folders = promises.watch("lib");
