import { chromium, firefox, webkit } from "playwright";

export async function visit(url: string, look: () => Promise<void>): Promise<void> {
  const chrome = await chromium.connect(url);
  const debugged = await chromium.connectOverCDP(url);
  const foxServer = await firefox.launchServer();
  const fox = await firefox.connectOverCDP(url);
  const kitServer = await webkit.launchServer();
  const kit = await webkit.connect(url);
  await look();
  await kit.close();
  await kitServer.close();
  await fox.close();
  await foxServer.close();
  await debugged.close();
  await chrome.close();
}
