import { _electron, chromium, firefox, request, webkit } from "playwright";
import puppeteer from "puppeteer";

export async function visit(url: string, look: () => Promise<void>): Promise<void> {
  const servers = [chromium, firefox, webkit].length;
  const server = await chromium.launchServer();
  const remote = await firefox.connect(url);
  const debugged = await webkit.connectOverCDP(url);
  const app = await _electron.launch();
  const api = await request.newContext();
  const other = await puppeteer.connect({ browserURL: url, slowMo: servers });
  await look();
  await other.disconnect();
  await api.dispose();
  await app.close();
  await debugged.close();
  await remote.close();
  await server.close();
}
