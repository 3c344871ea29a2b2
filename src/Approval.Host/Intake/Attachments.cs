using System.Collections.Frozen;
using System.Buffers;
using System.Net.Mime;
using System.Security.Cryptography;
using Approval.Http;
using Npgsql;

namespace Approval.Intake;

/// <summary>The bytes of attachments: streamed in and out in pieces, kept under their proposal and SHA-256.</summary>
public sealed class Attachments(NpgsqlDataSource database)
{
    const int Piece = 256 * 1024;

    /// <summary>The file is empty.</summary>
    public static readonly RefusalKind Empty = new("attachment-empty", RefusalSort.Form, "附件为空。", "The attachment is empty.");

    /// <summary>Stores a file; the same file again is stored once.</summary>
    /// <exception cref="ProblemException">It is empty, no file of its media type, or longer than <see cref="ContentRules.AttachmentBytes"/>.</exception>
    public async Task<Attachment> Store(JurisdictionId jurisdiction, ProposalId proposal, string name, string mediaType, Stream bytes, CancellationToken cancel)
    {
        var upload = Guid.CreateVersion7();
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            long length = 0;
            for (var number = 0; ; number++)
            {
                var read = await bytes.ReadAtLeastAsync(buffer.AsMemory(0, Piece), Piece, throwOnEndOfStream: false, cancel);
                if (read == 0) break;
                if (number == 0 && !AttachmentContent.Fits(mediaType, buffer.AsSpan(0, read))) throw new ProblemException(AttachmentContent.Mismatch.With(mediaType));
                length += read;
                if (length > ContentRules.AttachmentBytes) throw new ProblemException(Faults.TooLarge.With());
                digest.AppendData(buffer, 0, read);
                await using var insert = new NpgsqlCommand("insert into approval.attachment_chunks (upload, number, bytes) values ($1, $2, $3)", connection, transaction);
                insert.Parameters.Add(new() { Value = upload });
                insert.Parameters.Add(new() { Value = number });
                insert.Parameters.Add(new() { Value = new ArraySegment<byte>(buffer, 0, read) });
                await insert.ExecuteNonQueryAsync(cancel);
            }

            if (length == 0) throw new ProblemException(Empty.With());
            var sha256 = Convert.ToHexStringLower(digest.GetHashAndReset());
            await using var keep = new NpgsqlCommand(
                "insert into approval.attachments (jurisdiction, proposal, sha256, length, upload) values ($1, $2, $3, $4, $5) on conflict do nothing", connection, transaction);
            foreach (object value in new object[] { jurisdiction.Value, proposal.Value, sha256, length, upload }) keep.Parameters.Add(new() { Value = value });
            if (await keep.ExecuteNonQueryAsync(cancel) > 0) await transaction.CommitAsync(cancel);
            return new(name, mediaType, length, sha256);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The hashes of the files stored for a proposal; not looked for where a content names none.</summary>
    public async Task<IReadOnlySet<string>> Stored(JurisdictionId jurisdiction, ProposalId proposal, ProposalContent content, CancellationToken cancel)
    {
        if (content.Attachments.IsDefaultOrEmpty) return FrozenSet<string>.Empty;
        await using var command = database.CreateCommand("select sha256 from approval.attachments where jurisdiction = $1 and proposal = $2");
        command.Parameters.Add(new() { Value = jurisdiction.Value });
        command.Parameters.Add(new() { Value = proposal.Value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var hashes = new HashSet<string>();
        while (await reader.ReadAsync(cancel)) hashes.Add(reader.GetString(0));
        return hashes;
    }

    /// <summary>Sends a file as a download that no browser opens in place.</summary>
    /// <exception cref="ProblemException">There is no such file.</exception>
    public async Task Send(HttpContext http, JurisdictionId jurisdiction, ProposalId proposal, Attachment attachment)
    {
        await using var find = database.CreateCommand("select upload, length from approval.attachments where jurisdiction = $1 and proposal = $2 and sha256 = $3");
        foreach (var value in new[] { jurisdiction.Value, proposal.Value, attachment.Sha256 }) find.Parameters.Add(new() { Value = value });
        Guid upload;
        await using (var found = await find.ExecuteReaderAsync(http.RequestAborted))
        {
            if (!await found.ReadAsync(http.RequestAborted)) throw new ProblemException(Faults.Unknown.With());
            upload = found.GetGuid(0);
            http.Response.ContentLength = found.GetInt64(1);
        }

        http.Response.ContentType = attachment.MediaType;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        http.Response.Headers.ContentDisposition =
            $"{DispositionTypeNames.Attachment}; filename=\"{attachment.Sha256[..12]}\"; filename*=UTF-8''{Uri.EscapeDataString(attachment.Name)}";
        await using var pieces = database.CreateCommand("select bytes from approval.attachment_chunks where upload = $1 order by number");
        pieces.Parameters.Add(new() { Value = upload });
        await using var reader = await pieces.ExecuteReaderAsync(http.RequestAborted);
        while (await reader.ReadAsync(http.RequestAborted)) await http.Response.Body.WriteAsync(reader.GetFieldValue<byte[]>(0), http.RequestAborted);
    }
}
