import puppeteer from "puppeteer";
import { ResourceContext } from "resource-context";

export async function start(warm: () => Promise<void>): Promise<Awaited<ReturnType<typeof puppeteer.launch>>> {
  await using ctx = new ResourceContext();
  const browser = ctx.adopt(await puppeteer.launch(), (browser) => browser.close());
  await warm();
  return ctx.disown(browser);
}
