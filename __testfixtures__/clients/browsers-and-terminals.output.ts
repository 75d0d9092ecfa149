import { Terminal } from "@xterm/headless";
import { chromium, firefox, webkit } from "playwright";
import puppeteer from "puppeteer";
import { ResourceContext } from "resource-context";

export async function visit(folder: string, look: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const screen = ctx.adopt(new Terminal({ cols: 80 }), (terminal) => terminal.dispose());
  const chrome = ctx.adopt(await chromium.launch(), (browser) => browser.close());
  const fox = ctx.adopt(await firefox.launch({ headless: true }), (browser) => browser.close());
  const kit = ctx.adopt(await webkit.launch(), (browser) => browser.close());
  const profiles = ctx.adopt(await chromium.launchPersistentContext(folder), (browser) => browser.close());
  const foxProfile = ctx.adopt(await firefox.launchPersistentContext(folder), (browser) => browser.close());
  const kitProfile = ctx.adopt(await webkit.launchPersistentContext(folder), (browser) => browser.close());
  const other = ctx.adopt(await puppeteer.launch(), (browser) => browser.close());
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
