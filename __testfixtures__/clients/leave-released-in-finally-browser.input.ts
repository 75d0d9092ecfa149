import { chromium } from "playwright";
import puppeteer from "puppeteer";

export async function print(url: string): Promise<void> {
  const browser = await chromium.launch();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.pdf();
  } finally {
    await browser.close();
  }
}

export async function look(url: string, visit: () => Promise<void>): Promise<void> {
  const browser = await puppeteer.connect({ browserURL: url });
  try {
    await visit();
  } finally {
    await browser.disconnect();
  }
}
