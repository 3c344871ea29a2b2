using Approval.EventStore;
using Approval.SignIn;

namespace Approval.Evidence;

/// <summary><c>Approval.Host proof --jurisdiction CODE --proposal ID --out FILE</c>: writes the file that proves a proposal's events.</summary>
static class ProofCommand
{
    const string Usage = "Usage: proof --jurisdiction CODE --proposal ID --out FILE";

    /// <summary>Runs the command.</summary>
    /// <exception cref="MisconfiguredException">The command is not in order, or there is nothing to prove.</exception>
    public static async Task<int> Run(WebApplication app, string[] args)
    {
        var options = new ConfigurationBuilder().AddCommandLine(args).Build();
        if (options["jurisdiction"] is not { } jurisdiction || options["proposal"] is not { } proposal || options["out"] is not { } file) throw new MisconfiguredException(Usage);
        var (proof, refused) = await app.Services.GetRequiredService<Proofs>().Of(new(jurisdiction), new ProposalId(proposal).Stream, default);
        if (proof is null) throw new MisconfiguredException(refused!.English);
        await File.WriteAllBytesAsync(file, proof.Write());
        Console.WriteLine($"{proof.Events.Count} events of {proof.Stream} under the head of {proof.Head.Size} events: {file}");
        return 0;
    }
}
