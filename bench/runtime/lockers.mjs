// The ways to lock a file that are compared: each gives back how to unlock it.
import lockfile from "proper-lockfile";
import { lockedFile } from "../../runtime/dist/esm/files/index.js";

const FOR_EVER = { retries: { retries: 100_000, factor: 1, minTimeout: 5, maxTimeout: 20, randomize: true } };
const told = { onCompromised: () => process.stdout.write("compromised\n") };

export const lockers = {
  "proper-lockfile": (file) => lockfile.lock(file, { ...FOR_EVER, ...told }),
  // The shortest it allows, for those who cannot wait.
  "proper-lockfile, stale 2 s": (file) => lockfile.lock(file, { ...FOR_EVER, ...told, stale: 2_000 }),
  "ours, LockedFileResource": async (file) => {
    const lock = await lockedFile(file, { timeout: Infinity });
    return () => lock.close();
  },
};
