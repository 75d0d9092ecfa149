class Client {
  constructor(readonly url: string) {}
}

export const client = new Client("http://localhost");
