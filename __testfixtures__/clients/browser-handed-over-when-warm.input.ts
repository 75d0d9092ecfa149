import puppeteer from "puppeteer";

export async function start(warm: () => Promise<void>): Promise<Awaited<ReturnType<typeof puppeteer.launch>>> {
  const browser = await puppeteer.launch();
  await warm();
  return browser;
}
