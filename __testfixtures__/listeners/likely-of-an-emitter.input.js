export async function progress(bus, send) {
  const onData = (n) => console.log(n);
  const onLog = (line) => process.stdout.write(line);
  const onError = (error) => console.error(error);
  bus.on("data", onData);
  bus.addListener("log", onLog);
  bus.prependListener("error", onError);
  const sent = await send();
  bus.off("error", onError);
  bus.off("log", onLog);
  bus.off("data", onData);
  return sent;
}
