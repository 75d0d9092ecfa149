const started = Date.now();

setInterval(() => console.log(`up for ${Date.now() - started} ms`), 60_000);
