// A callback that throws: who gets to hear of it?
const [entry, file] = process.argv.slice(2);
const { atomicWriteFile } = await import(entry);
const tell = (origin) => (error) => process.stdout.write(JSON.stringify(`${origin}: ${error.message}`));
process.on("uncaughtException", (error, origin) => tell(origin)(error));
atomicWriteFile(file, "new", () => {
  throw new Error("from the callback");
});
