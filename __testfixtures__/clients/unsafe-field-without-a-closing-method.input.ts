import { MongoClient } from "mongodb";

export class Store {
  readonly client: MongoClient;

  constructor(url: string) {
    this.client = new MongoClient(url);
  }

  async drop(name: string): Promise<void> {
    await this.client.db(name).drop();
  }
}
