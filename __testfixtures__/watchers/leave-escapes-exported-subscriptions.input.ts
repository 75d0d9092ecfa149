import { FSWatcher } from "chokidar";
import { subscribe } from "@parcel/watcher";

export const sources = new FSWatcher();
export const assets = await subscribe("assets", () => undefined);
