import { chromium, firefox, webkit } from "playwright";
import { ResourceContext } from "resource-context";

export async function visit(url: string, look: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const chrome = ctx.adopt(await chromium.connect(url), (browser) => browser.close());
  const debugged = ctx.adopt(await chromium.connectOverCDP(url), (browser) => browser.close());
  const foxServer = ctx.adopt(await firefox.launchServer(), (browser) => browser.close());
  const fox = ctx.adopt(await firefox.connectOverCDP(url), (browser) => browser.close());
  const kitServer = ctx.adopt(await webkit.launchServer(), (browser) => browser.close());
  const kit = ctx.adopt(await webkit.connect(url), (browser) => browser.close());
  await look();
  await kit.close();
  await kitServer.close();
  await fox.close();
  await foxServer.close();
  await debugged.close();
  await chrome.close();
}
