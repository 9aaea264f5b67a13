using System.Globalization;

namespace NotifyDashboard.Bench;

/// <summary>Options of a bench: <c>--name value</c>.</summary>
internal sealed class Options(Dictionary<string, string> given)
{
    public static Options Read(string[] arguments) => new(arguments.Chunk(2).Where(pair => pair.Length == 2 && pair[0].StartsWith("--", StringComparison.Ordinal)).ToDictionary(pair => pair[0][2..], pair => pair[1]));

    public int Number(string name, int otherwise) => given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public static int Usage()
    {
        Console.Error.WriteLine("Usage: dotnet run --project bench -c Release -- history [--rows 1000000] [--runs 50]");
        return 1;
    }
}
