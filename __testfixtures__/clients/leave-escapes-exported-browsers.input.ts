import { chromium, firefox, webkit } from "playwright";
import puppeteer from "puppeteer";

export const chrome = await chromium.launch();
export const fox = await firefox.launch();
export const kit = await webkit.launch();
export const chromeProfile = await chromium.launchPersistentContext("a");
export const foxProfile = await firefox.launchPersistentContext("b");
export const kitProfile = await webkit.launchPersistentContext("c");
export const other = await puppeteer.launch();
