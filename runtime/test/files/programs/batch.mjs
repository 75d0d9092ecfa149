// Runs one batch in a folder: batch.mjs ROOT . The same changes each time, of every sort.
import { BatchFileOperations } from "../../../dist/esm/files/index.js";

const [, , root] = process.argv;
const batch = new BatchFileOperations(root);
batch.write("config", "new").write("added", "new").copy("added", "copied").move("data", "config-data");
batch
  .mkdir("folder")
  .move("added", "folder/moved")
  .move("over", "target")
  .delete("old")
  .delete("tree")
  .write("tree", "file now");
await batch.commit();
