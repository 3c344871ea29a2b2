using System.Text.Json;
using Approval.Evidence;

// Checks the proof of a proposal's events, without database and network. Exit code: 0 proven, 2 not proven, 1 asked wrongly.
string? key = null;
switch (args)
{
    case [_]: break;
    case [_, "--key", var given]: key = given; break;
    default:
        await Console.Error.WriteLineAsync("Usage: Approval.Verifier FILE [--key PUBLIC-KEY]\nPUBLIC-KEY is the signing key as published by the CIO office, 64 hexadecimal digits.");
        return 1;
}

StreamProof proof;
try
{
    proof = StreamProof.Read(await File.ReadAllBytesAsync(args[0]));
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"{args[0]} cannot be read.");
    return 1;
}
catch (JsonException)
{
    Console.WriteLine($"NOT PROVEN: {args[0]} is no proof.");
    return 2;
}

if (proof.Fault(key) is { } fault)
{
    Console.WriteLine($"NOT PROVEN: {fault}");
    return 2;
}

foreach (var e in proof.Events)
{
    var said = CanonicalEvent.Read(e.Metadata);
    Console.WriteLine($"{said.Version,4}  {said.At:yyyy-MM-dd HH:mm:ss} UTC  {said.Person,-20} {said.Type}");
}

var by = key is null ? $"key {proof.Head.Key} (compare it with the one published)" : "the key expected";
Console.WriteLine(
    $"PROVEN: the {proof.Events.Count} events of {proof.Stream} stand unchanged in the record of {proof.Head.Jurisdiction}, of which {by} signed {proof.Head.Size} events on {proof.Head.At:yyyy-MM-dd HH:mm:ss} UTC.");
return 0;
