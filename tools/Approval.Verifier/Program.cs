using System.Text.Json;
using Approval.Evidence;

// Checks the proof of a proposal's events, without database and network. Exit code: 0 proven, 2 not proven, 1 asked wrongly.
string? key = null, document = null;
for (var i = 1; i < args.Length; i += 2)
{
    if (args.ElementAtOrDefault(i + 1) is not { } given || args[i] is not ("--key" or "--document")) return await Usage();
    if (args[i] == "--key") key = given;
    else document = given;
}

if (args.Length == 0) return await Usage();

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

if (document is not null && !proof.Issued(document))
{
    Console.WriteLine($"NOT PROVEN: none of the {proof.Events.Count} events issued an approval whose document has the SHA-256 {document}.");
    return 2;
}

foreach (var e in proof.Events)
{
    var said = CanonicalEvent.Read(e.Metadata);
    Console.WriteLine($"{said.Version,4}  {said.At:yyyy-MM-dd HH:mm:ss} UTC  {said.Person,-20} {said.Type}");
}

var by = key is null ? $"key {proof.Head.Key} (compare it with the one published)" : "the key expected";
Console.WriteLine(
    $"PROVEN: the first {proof.Events.Count} events of {proof.Stream} stand unchanged in the record of {proof.Head.Jurisdiction}, of which {by} signed {proof.Head.Size} events on {proof.Head.At:yyyy-MM-dd HH:mm:ss} UTC.");
if (document is not null) Console.WriteLine("One of them issued the approval whose printed document bears that SHA-256.");
return 0;

static async Task<int> Usage()
{
    await Console.Error.WriteLineAsync(
        """
        Usage: Approval.Verifier FILE [--key PUBLIC-KEY] [--document SHA-256]
        PUBLIC-KEY is the signing key as published by the CIO office, 64 hexadecimal digits. SHA-256 is what the printed approval bears, also in its QR code.
        """);
    return 1;
}
