export class Feed {
  #socket: WebSocket;

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.onmessage = this.show.bind(this);
  }

  show(event: MessageEvent): void {
    console.log(event.data);
  }
}
