import { Terminal } from "@xterm/headless";
import { chromium, firefox, webkit } from "playwright";
import puppeteer from "puppeteer";

export async function visit(folder: string, look: () => Promise<void>): Promise<void> {
  const screen = new Terminal({ cols: 80 });
  const chrome = await chromium.launch();
  const fox = await firefox.launch({ headless: true });
  const kit = await webkit.launch();
  const profiles = await chromium.launchPersistentContext(folder);
  const foxProfile = await firefox.launchPersistentContext(folder);
  const kitProfile = await webkit.launchPersistentContext(folder);
  const other = await puppeteer.launch();
  await look();
  await other.close();
  await kitProfile.close();
  await foxProfile.close();
  await profiles.close();
  await kit.close();
  await fox.close();
  await chrome.close();
  screen.dispose();
}
