import { mkdtempDisposableSync, promises } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { dir, file } from "tmp-promise";

export const folder = await mkdtempDisposable("upload-");
export const other = await promises.mkdtempDisposable("upload-");
export const made = mkdtempDisposableSync("upload-");
export const promised = await dir();
export const log = await file();
