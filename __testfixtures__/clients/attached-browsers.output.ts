import { _electron, chromium, firefox, request, webkit } from "playwright";
import puppeteer from "puppeteer";
import { ResourceContext } from "resource-context";

export async function visit(url: string, look: () => Promise<void>): Promise<void> {
  const servers = [chromium, firefox, webkit].length;
  await using ctx = new ResourceContext();
  const server = ctx.adopt(await chromium.launchServer(), (browser) => browser.close());
  const remote = ctx.adopt(await firefox.connect(url), (browser) => browser.close());
  const debugged = ctx.adopt(await webkit.connectOverCDP(url), (browser) => browser.close());
  const app = ctx.adopt(await _electron.launch(), (browser) => browser.close());
  const api = ctx.adopt(await request.newContext(), (context) => context.dispose());
  const other = ctx.adopt(await puppeteer.connect({ browserURL: url, slowMo: servers }), (browser) => browser.disconnect());
  await look();
  await other.disconnect();
  await api.dispose();
  await app.close();
  await debugged.close();
  await remote.close();
  await server.close();
}
