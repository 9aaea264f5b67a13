using System.Net;
using System.Text.RegularExpressions;
using NotifyDashboard.EndToEnd.Faults;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>What a hub is after its first start, with its operator signed in. Other hubs begin as copies: none migrates, and nobody types a password.</summary>
internal static partial class FirstStart
{
    public const string OperatorName = "Mara Lindqvist";
    public const string OperatorPassword = "a ferry at dawn";

    private static readonly Lazy<Task<(byte[] Database, CookieCollection Cookies)>> Made = new(MakeAsync);

    public static Dictionary<string, string> Environment => new()
    {
        ["Access__Bootstrap__OperatorName"] = OperatorName,
        ["Access__Bootstrap__OperatorPassword"] = OperatorPassword,
    };

    public static async Task<byte[]> DatabaseAsync() => (await Made.Value).Database;

    /// <summary>The cookies of a browser in which the operator has signed in.</summary>
    public static async Task<IEnumerable<Cookie>> CookiesAsync() => (await Made.Value).Cookies;

    private static async Task<(byte[] Database, CookieCollection Cookies)> MakeAsync()
    {
        await using var hub = await HubProcess.StartAsync(Environment);
        using var browser = new HttpClientHandler();
        using var http = new HttpClient(browser) { BaseAddress = new(hub.Address) };
        var fields = HiddenInput().Matches(await http.GetStringAsync("/sign-in")).ToDictionary(input => input.Groups["name"].Value, input => WebUtility.HtmlDecode(input.Groups["value"].Value));
        fields["Input.Name"] = OperatorName;
        fields["Input.Password"] = OperatorPassword;
        using var form = new FormUrlEncodedContent(fields);
        using var signedIn = await http.PostAsync("/sign-in", form);
        signedIn.EnsureSuccessStatusCode();
        await hub.KillAsync();
        StoredLog.Checkpoint(hub.Database);
        return (await File.ReadAllBytesAsync(hub.Database), browser.CookieContainer.GetAllCookies());
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)"[^>]*>""")]
    private static partial Regex HiddenInput();
}
