import tempy, { temporaryWrite, temporaryWriteSync } from "tempy";
import { dirSync, fileSync } from "tmp";

export const folder = dirSync();
export const file = fileSync();
export const written = await temporaryWrite("a");
export const now = temporaryWriteSync("b");
export const older = await tempy.write("c");
export const oldest = tempy.writeSync("d");
