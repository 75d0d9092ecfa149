import Redis, { Redis as Named } from "ioredis";
import { MongoClient } from "mongodb";
import { createClient } from "redis";
import { ResourceContext } from "resource-context";

export async function warm(url: string, fill: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const mongo = await ctx.adopt(new MongoClient(url), (client) => client.close()).connect();
  const other = ctx.adopt(await MongoClient.connect(url), (client) => client.close());
  const client = await ctx.adopt(createClient(), (client) => client.isOpen && client.quit())
    .on("error", (error) => console.error(error))
    .connect();
  const redis = ctx.adopt(new Redis(url), (redis) => redis.status === "end" || redis.quit());
  const named = ctx.adopt(new Named(url), (redis) => redis.status === "end" || redis.quit());
  await fill();
  await named.quit();
  redis.disconnect();
  await client.quit();
  await other.close();
  await mongo.close();
}
