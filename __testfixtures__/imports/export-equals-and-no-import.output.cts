import resourceContext = require("resource-context");
const { ResourceContext } = resourceContext;

async function whileWaiting(upload: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const beat = ctx.timer(setInterval(() => console.log("uploading"), 1000));
  await upload();
  clearInterval(beat);
}

export = whileWaiting;
