/**
 * What a context acquires itself: the method that stands for a function of Node, by its module and path. It takes the
 * same arguments, gives the same and throws the same, and what it gives is held.
 */
export const acquiring: ReadonlyMap<string, string> = new Map([
  ["child_process#spawn", "spawn"],
  ["child_process#exec", "exec"],
  ["child_process#execFile", "execFile"],
  ["child_process#fork", "fork"],
  ["fs/promises#open", "open"],
  ["fs#promises.open", "open"],
  ["fs#createWriteStream", "createWriteStream"],
  ["fs#createReadStream", "createReadStream"],
  ["fs/promises#mkdtemp", "mkdtemp"],
  ["fs#promises.mkdtemp", "mkdtemp"],
  ["fs#mkdtempSync", "mkdtempSync"],
  ["fs#watch", "watch"],
  ["http#createServer", "createServer"],
  ["net#connect", "connect"],
  ["net#createConnection", "connect"],
  ["readline#createInterface", "createInterface"],
  ["timers#setInterval", "setInterval"],
  ["globalThis#setInterval", "setInterval"],
  ["timers#setTimeout", "setTimeout"],
  ["globalThis#setTimeout", "setTimeout"],
]);
