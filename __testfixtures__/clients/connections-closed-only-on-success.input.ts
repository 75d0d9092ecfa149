import Redis, { Redis as Named } from "ioredis";
import { MongoClient } from "mongodb";
import { createClient } from "redis";

export async function warm(url: string, fill: () => Promise<void>): Promise<void> {
  const mongo = await new MongoClient(url).connect();
  const other = await MongoClient.connect(url);
  const client = await createClient()
    .on("error", (error) => console.error(error))
    .connect();
  const redis = new Redis(url);
  const named = new Named(url);
  await fill();
  await named.quit();
  redis.disconnect();
  await client.quit();
  await other.close();
  await mongo.close();
}
