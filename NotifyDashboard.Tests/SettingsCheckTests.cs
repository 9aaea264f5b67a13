using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests;

/// <summary>Each setting that docs/operations.md lists, with wrong values: one sentence that names it, exit code 1, no stack trace.</summary>
[Collection(Sequential.Name)]
public sealed partial class SettingsCheckTests : IDisposable
{
    private static readonly string[] Number = ["many", "1.5", "-1", "99999999999999999999"];
    private static readonly string[] Limit = ["many", "1.5", "-2", "99999999999999999999"];
    private static readonly string[] Duration = ["soon", "-00:00:01", "10675199.00:00:00", "99999999.00:00:00", "25:61:00"];
    private static readonly string[] Switch = ["maybe", "2", "yes please"];
    private static readonly string[] AnyText = [];

    private static readonly Dictionary<string, string[]> WrongValues = new()
    {
        ["Urls"] = ["nonsense", "ftp://localhost", "http://localhost:abc", "http://localhost:99999", "http://localhost:-1", "http://localhost:5080/path", "http://192.0.2.1:5080", "http://unix:/no/such/folder/hub.sock", "http://a b:5080"],
        ["Storage:ConnectionString"] = ["", "nonsense", "Data Source=x;Foo=1", "Data Source=x;Mode=Sideways", "Data Source=x;Pooling=perhaps", "Data Source=x;Password=secret", "Data Source=:memory:"],
        ["Access:Bootstrap:OperatorName"] = ["", "mara\u200b", new string('x', 65), "mara"],
        ["Access:Bootstrap:OperatorPassword"] = ["a ferry at dawn"],
        ["Access:Bootstrap:ApiKey"] = ["", "short", "a key with blanks in it, and long enough otherwise", "ключ-ключ-ключ-ключ-ключ-ключ-ключ"],
        ["Access:AllowedOrigins:0"] = ["", "*", "shop.example", "https://shop.example/", "https://shop.example:443", "https://", "https://a b", "https://xn--\u00fc\u200b.example/", "https://" + new string('\u00fc', 64)],
        ["Access:Tokens:Issuer"] = ["notifydashboard-demo"],
        ["Access:Tokens:Audience"] = ["", " "],
        ["Access:Tokens:Keys:0:Secret"] = ["", "short"],
        ["Access:Tokens:Keys:0:PublicKey"] = ["", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"],
        ["Access:Tokens:Keys:0:Id"] = AnyText,
        ["Access:Tokens:JwksUrl"] = ["", "id.example", "http://id.example/jwks", "https://", "file:///etc/passwd"],
        ["Access:Tokens:MaxLifetime"] = [.. Duration, "00:00:59"],
        ["Access:Tokens:Cookie"] = ["", "a b", "notifydashboard"],
        ["Proxy:Known:0"] = ["", "proxy.example", "10.0.0.0/33", "10.0.0"],
        ["Proxy:PathBase"] = ["notify", "/notify/", "/a//b", "/\u00fc"],
        ["AllowedHosts"] = ["hub.example:5080", "https://hub.example", "a b", "hub.example;/", " hub.example", "::1", "*.", "a..b", new string('\u00fc', 64)],
        ["Demo:Enabled"] = Switch,
        ["Publishing:PerMinute"] = Number,
        ["Streams:Heartbeat"] = Duration,
        ["Streams:WriteTimeout"] = Duration,
        ["Streams:UserTimeout"] = Duration,
        ["Circuits:MaxAnonymous"] = Limit,
        ["Circuits:MaxAnonymousPerAddress"] = Limit,
        ["Connections:Max"] = Limit,
        ["Connections:MaxPerAddress"] = Limit,
        ["Connections:FirstByte"] = Duration,
        ["Connections:MaxBodyBytes"] = Limit,
        ["Connections:MaxBodyBytesPerAddress"] = Limit,
        ["Streams:MaxAnonymousPatterns"] = Limit,
        ["Streams:MaxAnonymousPatternsPerAddress"] = Limit,
        ["Streams:MaxAnonymousSearch"] = Limit,
        ["Streams:MaxStreams"] = Limit,
        ["Streams:MaxStreamsPerAddress"] = Limit,
        ["Streams:RestartSpread"] = Duration,
        ["Streams:AllowAnonymous"] = Switch,
        ["Streams:AllowAnonymousEarliest"] = Switch,
        ["Retention:MaxAge"] = Duration,
        ["Retention:MaxCount"] = Number,
        ["Retention:Topics:0:Match"] = ["", "a/*/b"],
        ["Retention:Topics:0:MaxAge"] = Duration,
        ["Retention:Topics:0:MaxCount"] = Number,
        ["Inbox:StartDaysBack"] = Number,
        ["Hub:HotTailBytes"] = Number,
        ["Hub:GapReplay"] = Number,
        ["Hub:MaxCommit"] = Number,
        ["Hub:MaxWaitingPublishes"] = Number,
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Keys => [.. Documented()];

    [Fact]
    public void Every_documented_setting_has_wrong_values_here() => Assert.Equal(Documented().Order(StringComparer.Ordinal), WrongValues.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_control_character_in_any_setting_is_refused_by_name_and_the_value_is_not_shown(string key)
    {
        foreach (var value in new[] { "visible\n", "\r\nvisible", "visible\u0001", "vis\u0085ible", "visible\u2028" })
        {
            var sentence = await RefusedAsync(key, value);
            Assert.StartsWith(key, sentence, StringComparison.OrdinalIgnoreCase);
            if (!key.EndsWith("PublicKey", StringComparison.Ordinal)) Assert.DoesNotContain("visible", sentence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_wrong_value_of_any_setting_is_refused_in_one_sentence_that_names_it(string key)
    {
        foreach (var value in WrongValues[key]) await RefusedAsync(key, value);
    }

    [Theory]
    [InlineData("Access:AllowedOrigins", "https://shop.example")]
    [InlineData("Access:Tokens:Keys", "a-secret")]
    [InlineData("Proxy:Known", "10.0.0.7")]
    [InlineData("Retention:Topics", "orders/*")]
    [InlineData("Logging:LogLevel:Default", "Loud")]
    public async Task A_value_in_the_place_of_a_list_and_an_unknown_log_level_are_refused(string key, string value) =>
        await RefusedAsync(key, value, key.Split(':')[0]);

    [Fact]
    public async Task A_settings_file_that_is_no_JSON_stops_the_start_with_one_sentence()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "appsettings.json"), "{ \"Urls\": ", TestContext.Current.CancellationToken);
        await RefusedAsync("Demo:Enabled", "true", "appsettings.json");
    }

    private async Task<string> RefusedAsync(string key, string value, string? named = null)
    {
        var (code, errors) = await ProgramStart.FailAsync(_folder, [.. Beside(key), (key, value)]);
        var sentence = Assert.Single(errors.Trim().Split('\n'));
        Assert.True(code == 1 && sentence.Contains(named ?? key, StringComparison.OrdinalIgnoreCase), $"{key}={value}: {code} {errors}");
        return sentence;
    }

    // Without it the rule would have a second error.
    private static (string, string)[] Beside(string key) => key.StartsWith("Retention:Topics:0:Max", StringComparison.Ordinal) ? [("Retention:Topics:0:Match", "orders/*")] : [];

    // `A__B__0`, `__1`: the short ones take the place of the last part.
    private static IEnumerable<string> Documented([CallerFilePath] string here = "")
    {
        var settings = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../docs/operations.md")).Split("\n## ").Single(section => section.StartsWith("Settings\n", StringComparison.Ordinal));
        foreach (var row in settings.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            var names = Name().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value).ToArray();
            foreach (var name in names.Where(name => !name.StartsWith("__", StringComparison.Ordinal) || !char.IsAsciiDigit(name[2])))
            {
                var full = name.StartsWith("__", StringComparison.Ordinal) ? names[0][..names[0].LastIndexOf("__", StringComparison.Ordinal)] + name : name;
                yield return full.Replace("__", ":", StringComparison.Ordinal);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
