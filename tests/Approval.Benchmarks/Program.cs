using Approval.Benchmarks;

await using var bench = await Bench.Begin(args);

await Commands.Measure(bench);
await StartUp.Measure(bench);
await CommandsByHttp.Measure(bench);
await FeedDelay.Measure(bench);
await Loading.Measure(bench);
await Rebuilds.Measure(bench);
await Verifying.Measure(bench);
await Memory.Measure(bench);

bench.End();
