import http from "node:http";
import https from "node:https";

export function head(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = https.request(url, { method: "HEAD" }, (response) => resolve(response.statusCode ?? 0));
    request.on("error", reject);
    request.setTimeout(5_000, () => request.destroy(new Error("No answer.")));
    request.end();
  });
}

export function ping(url: string): void {
  https.get(url, (response) => response.resume());
  http.get(url).on("error", () => undefined);
  http.request(url, { method: "POST" }).end("ping");
}
