import { ResourceContext } from "resource-context";

class Poll {
  private timer?: NodeJS.Timeout;

  start(work: () => void): void {
    this.timer = setInterval(work, 5000);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

class UploadPoll extends Poll {
  uploads = 0;
}

export async function waitForUploads(done: () => Promise<void>): Promise<number> {
  const poll = new UploadPoll();
  await using ctx = new ResourceContext();
  poll.start(() => poll.uploads++);
  ctx.adopt(poll, (it) => it.stop());
  await done();
  ctx.disown(poll).stop();
  return poll.uploads;
}
