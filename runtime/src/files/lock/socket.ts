import * as net from "node:net";
import { codeOf, isOutOfDescriptors } from "../../atomic-write/errors.js";
import { readHolder, thisHolder, type Holder } from "./holder.js";
import { waitWithin, type Limits } from "./limits.js";

// A listening socket is a thing that the kernel takes back when its process is no more, however it ended, and that a
// stopped or busy process keeps. Who connects to it waits without work and without a clock: the connection ends when
// the holder closes the socket or dies.

export interface Listener {
  close(): void;
}

/** Listens at a path or another name for a socket, or answers with the code of the error. */
export function listenAt(name: string): Promise<Listener | string> {
  return new Promise((resolve) => {
    const guests = new Set<net.Socket>();
    const server = net.createServer((guest) => welcome(guest, guests));
    server.once("error", (error) => resolve(codeOf(error) ?? "UNKNOWN"));
    // A cluster worker would get a share in a handle of its primary. Other users may wait too: to connect is to write.
    server.listen({ path: name, exclusive: true, writableAll: name.startsWith("/") }, () => {
      // A program that has nothing else to do may end; the kernel releases the name.
      server.unref();
      resolve({ close: () => close(server, guests) });
    });
  });
}

export interface Visit {
  /**
   * `left`: somebody listened and does so no more. `refused`: nobody listens. `missing`: there is no such name.
   * `unknown`: no answer, because too many are waiting or we may not ask.
   */
  readonly outcome: "left" | "refused" | "missing" | "unknown";
  /** Who listened, if it told. */
  readonly holder: Holder | undefined;
}

/** Waits until whoever listens there closes the socket or dies, or until the limits are reached. */
export async function visit(name: string, limits: Limits): Promise<Visit> {
  const seen: { outcome: Visit["outcome"]; text: string } = { outcome: "unknown", text: "" };
  await waitWithin(limits, (wake) => {
    const guest = net.connect({ path: name });
    guest.once("connect", () => (seen.outcome = "left"));
    guest.on("data", (text) => (seen.text += text.toString("utf8")));
    guest.on("error", (error) => {
      if (seen.outcome !== "left") seen.outcome = outcomeOf(error);
      wake();
    });
    guest.on("close", wake);
    return { giveUp: () => void guest.destroy() };
  });
  return { outcome: seen.outcome, holder: readHolder(seen.text) };
}

/** Whether nobody listens there, right now. */
export function isRefused(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const guest = net.connect({ path: name }, () => resolve(false));
    guest.on("error", (error) => resolve(outcomeOf(error) === "refused"));
    guest.on("connect", () => guest.destroy());
  });
}

/** Whether the code says that another one listens, or that we cannot tell. */
export function isBusy(code: string): boolean {
  return code === "EADDRINUSE" || isOutOfDescriptors(Object.assign(new Error(), { code }));
}

function outcomeOf(error: Error): Visit["outcome"] {
  const code = codeOf(error);
  if (code === "ECONNREFUSED") return "refused";
  return code === "ENOENT" ? "missing" : "unknown";
}

function welcome(guest: net.Socket, guests: Set<net.Socket>): void {
  guests.add(guest);
  guest.unref();
  guest.on("error", () => guest.destroy());
  guest.on("close", () => guests.delete(guest));
  guest.resume();
  guest.write(JSON.stringify(thisHolder()));
}

function close(server: net.Server, guests: ReadonlySet<net.Socket>): void {
  server.close();
  for (const guest of guests) guest.destroy();
}
