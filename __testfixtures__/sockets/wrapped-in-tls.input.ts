import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

export async function upgrade(plain: Socket, greet: () => Promise<void>): Promise<void> {
  const secure = new TLSSocket(plain);
  await greet();
  secure.destroy();
}
