// Decides itself what a signal means, and has released everything when it ends.
const timer = setInterval(() => {}, 60_000);
process.on("SIGHUP", () => {
  process.stderr.write("went on after SIGHUP\n");
  clearInterval(timer);
});
process.stdout.write("ready\n");
