import { _electron, chromium, firefox, request, webkit } from "playwright";
import puppeteer from "puppeteer";

export const chromeServer = await chromium.launchServer();
export const chrome = await chromium.connect("ws://localhost");
export const chromeTools = await chromium.connectOverCDP("ws://localhost");
export const foxServer = await firefox.launchServer();
export const fox = await firefox.connect("ws://localhost");
export const foxTools = await firefox.connectOverCDP("ws://localhost");
export const kitServer = await webkit.launchServer();
export const kit = await webkit.connect("ws://localhost");
export const kitTools = await webkit.connectOverCDP("ws://localhost");
export const app = await _electron.launch();
export const api = await request.newContext();
export const other = await puppeteer.connect({ browserURL: "http://localhost" });
