import { Client } from "pg";
import { ResourceContext } from "resource-context";

export async function connect(connectionString: string) {
  await using ctx = new ResourceContext();
  const client = ctx.adopt(new Client({ connectionString }), (handle) => handle.end());
  await client.connect();
  ctx.disown(client);
  return { client, connectionString, cleanup: () => client.end() };
}
