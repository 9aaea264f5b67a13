using System.Text;

namespace NotifyDashboard.Tests.Testing;

/// <summary>What stands in a file, whoever else has it open.</summary>
internal static class FileBytes
{
    public static bool Hold(string file, string text)
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        // It may get shorter meanwhile.
        using var bytes = new MemoryStream();
        open.CopyTo(bytes);
        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    }
}
