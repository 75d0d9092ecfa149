import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

export function upgrade(plain: Socket): TLSSocket {
  return new TLSSocket(plain);
}
