using Approval.Benchmarks;

await using var bench = await Bench.Begin(args);

await bench.Part("start-up", StartUp.Measure);
await bench.Part("commands", Commands.Measure);
await bench.Part("http", CommandsByHttp.Measure);
await bench.Part("feed", FeedDelay.Measure);
await bench.Part("loading", Loading.Measure);
await bench.Part("rebuild", Rebuilds.Measure);
await bench.Part("verify", Verifying.Measure);
await bench.Part("history", History.Measure);
await bench.Part("dashboard", Dashboard.Measure);
await bench.Part("memory", Memory.Measure);
await bench.Part("pages", PageTimes.Measure);

bench.End();
