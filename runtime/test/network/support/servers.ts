import * as http2 from "node:http2";
import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import * as tls from "node:tls";

/** A certificate for localhost that nobody trusts, with its key. */
export const identity = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUe7WkPVvstZGYcm7rJJISFQeeC18wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDE0NTUwM1oYDzIxMjYxMDMx
MTQ1NTAzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATGQZ5zdtxRjtogokgHDn27tcOb09FcYoHK3SSoZSerQH8ksBq91yv5
YNAYlfDzZJVpaR3oNkySD+xuICxW7yBso28wbTAdBgNVHQ4EFgQUFyvmrjh/Dzdo
F4edfe3nonOm8j4wHwYDVR0jBBgwFoAUFyvmrjh/DzdoF4edfe3nonOm8j4wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAK0QLroN29KQZ/gukqqoMnWFEn/rm9G2v4GcIv9H6pzQAiEA
yJFjJ1arWi8qRSXfkw7F00J36e/Ub2B4nUJkjOJQHKw=
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgnWYKpI8Xic5lJSKV
HNrXRmyfr9mDyhQgX+4n2vPPJd+hRANCAATGQZ5zdtxRjtogokgHDn27tcOb09Fc
YoHK3SSoZSerQH8ksBq91yv5YNAYlfDzZJVpaR3oNkySD+xuICxW7yBs
-----END PRIVATE KEY-----`,
} as const;

/** Listens on a free port of 127.0.0.1 and says which. */
export async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A peer and all that it was sent. */
export interface Peer {
  readonly socket: net.Socket;
  data(): string;
}

/** A connection of bytes. */
export function dial(port: number): Promise<Peer> {
  return collect(net.connect(port, "127.0.0.1"), "connect");
}

/** The same over TLS. */
export function dialSecurely(port: number): Promise<Peer> {
  return collect(tls.connect({ port, host: "127.0.0.1", rejectUnauthorized: false }), "secureConnect");
}

async function collect(socket: net.Socket, event: string): Promise<Peer> {
  const chunks: string[] = [];
  socket.on("error", () => {}).on("data", (chunk) => chunks.push(chunk.toString()));
  await new Promise((resolve) => socket.once(event, resolve));
  return { socket, data: () => chunks.join("") };
}

type Answer = (response: http.ServerResponse) => void;

/** An `http` or `https` server that hands each response to `answer`. */
export const web = {
  http: (answer: Answer): http.Server => http.createServer((_request, response) => answer(response)),
  https: (answer: Answer): https.Server =>
    https.createServer(identity, (_request, response) => answer(response)),
} as const;

/** An `http2` client of such a server. */
export async function session(url: string): Promise<http2.ClientHttp2Session> {
  const client = http2.connect(url, { rejectUnauthorized: false });
  client.on("error", () => {});
  await new Promise((resolve) => client.once("remoteSettings", resolve));
  return client;
}
