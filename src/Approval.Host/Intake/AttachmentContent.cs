using Approval.Http;

namespace Approval.Intake;

/// <summary>Which files are taken as attachments, and whether a file's first bytes are those of what it claims to be.</summary>
public static class AttachmentContent
{
    const int Looked = 4096;

    /// <summary>Files of this type are not taken: nothing that a browser or an office program would run.</summary>
    public static readonly RefusalKind TypeNotTaken = new("attachment-type-not-taken", RefusalSort.Form, "不接受此类附件，可接受：{0}。", "Files of this type are not taken. Taken are {0}.");

    /// <summary>The file is not of its media type.</summary>
    public static readonly RefusalKind Mismatch = new("attachment-content-mismatch", RefusalSort.Form, "附件内容与其类型（{0}）不符。", "The file's content is not of its media type {0}.");

    static readonly byte[][] Zip = [[.. "PK"u8, 3, 4]];
    static readonly byte[][] Compound = [[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]];

    /// <summary>How files of each type begin; a text begins with any text.</summary>
    static readonly Dictionary<string, byte[][]> Beginnings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["application/pdf"] = ["%PDF-"u8.ToArray()],
        ["application/ofd"] = Zip,
        ["application/zip"] = Zip,
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = Zip,
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = Zip,
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = Zip,
        ["application/msword"] = Compound,
        ["application/vnd.ms-excel"] = Compound,
        ["application/vnd.ms-powerpoint"] = Compound,
        ["image/png"] = [[0x89, .. "PNG\r\n"u8, 0x1a, (byte)'\n']],
        ["image/jpeg"] = [[0xff, 0xd8, 0xff]],
        ["text/plain"] = [],
        ["text/csv"] = [],
    };

    /// <summary>The media types taken.</summary>
    public static IReadOnlyCollection<string> Taken => Beginnings.Keys;

    /// <summary>Whether files of the type are taken.</summary>
    public static bool IsKnown(string mediaType) => Beginnings.ContainsKey(mediaType);

    /// <summary>Whether a file that begins so is one of the type. A text holds no byte that only a program writes.</summary>
    public static bool Fits(string mediaType, ReadOnlySpan<byte> beginning)
    {
        if (!Beginnings.TryGetValue(mediaType, out var known)) return false;
        foreach (var bytes in known)
        {
            if (beginning.StartsWith(bytes)) return true;
        }

        return known.Length == 0 && !beginning[..Math.Min(beginning.Length, Looked)].ContainsAnyInRange((byte)0, (byte)8);
    }
}
