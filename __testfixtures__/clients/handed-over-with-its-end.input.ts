import { Client } from "pg";

export async function connect(connectionString: string) {
  const client = new Client({ connectionString });
  await client.connect();
  return { client, connectionString, cleanup: () => client.end() };
}
