import { MongoClient } from "mongodb";
import { ResourceContext } from "resource-context";

export class Store {
  readonly #resources = new ResourceContext();
  readonly client: MongoClient;

  constructor(url: string) {
    this.client = this.#resources.adopt(new MongoClient(url), (client) => client.close());
  }

  async drop(name: string): Promise<void> {
    await this.client.db(name).drop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
