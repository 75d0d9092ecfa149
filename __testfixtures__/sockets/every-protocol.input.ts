import { createSocket } from "node:dgram";
import * as http2 from "node:http2";
import net from "node:net";
import { connect } from "node:tls";

export async function probe(host: string, wait: () => Promise<void>): Promise<void> {
  const plain = net.createConnection(80, host);
  const secure = connect(443, host);
  const session = http2.connect(`https://${host}`);
  const datagrams = createSocket("udp4");
  await wait();
  datagrams.close();
  session.close();
  secure.destroy();
  plain.destroy();
}
