// @ts-check

import { atomicWriteFile } from "resource-context";

/** @param {string} path @param {string} text */
export async function save(path, text) {
  await atomicWriteFile(path, text);
}
