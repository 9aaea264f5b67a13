namespace NotifyDashboard.Tests.Testing;

/// <summary>Names that no other test has, for those that share a server.</summary>
internal static class Names
{
    private static int _last;

    public static string New(string word) => $"{word}-{Interlocked.Increment(ref _last)}";
}
