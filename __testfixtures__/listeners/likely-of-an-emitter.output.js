import { ResourceContext } from "resource-context";

export async function progress(bus, send) {
  const onData = (n) => console.log(n);
  const onLog = (line) => process.stdout.write(line);
  const onError = (error) => console.error(error);
  await using ctx = new ResourceContext();
  bus.on("data", onData);
  ctx.defer(() => bus.off("data", onData));
  bus.addListener("log", onLog);
  ctx.defer(() => bus.off("log", onLog));
  bus.prependListener("error", onError);
  ctx.defer(() => bus.off("error", onError));
  const sent = await send();
  bus.off("error", onError);
  bus.off("log", onLog);
  bus.off("data", onData);
  return sent;
}
