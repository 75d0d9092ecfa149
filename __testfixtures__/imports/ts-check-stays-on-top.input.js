// @ts-check

/** @param {string} path @param {string} text */
export async function save(path, text) {
  await (await import("node:fs/promises")).writeFile(path, text);
}
