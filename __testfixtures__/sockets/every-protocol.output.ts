import { createSocket } from "node:dgram";
import * as http2 from "node:http2";
import net from "node:net";
import { connect } from "node:tls";
import { ResourceContext } from "resource-context";

export async function probe(host: string, wait: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const plain = ctx.socket(net.createConnection(80, host));
  const secure = ctx.socket(connect(443, host));
  const session = ctx.socket(http2.connect(`https://${host}`));
  const datagrams = ctx.socket(createSocket("udp4"));
  await wait();
  datagrams.close();
  session.close();
  secure.destroy();
  plain.destroy();
}
