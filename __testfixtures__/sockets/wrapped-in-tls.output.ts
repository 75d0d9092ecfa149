import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { ResourceContext } from "resource-context";

export async function upgrade(plain: Socket, greet: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const secure = ctx.socket(new TLSSocket(plain));
  await greet();
  secure.destroy();
}
