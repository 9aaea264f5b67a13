using System.Text.RegularExpressions;

namespace NotifyDashboard.Tests.Testing;

/// <summary>Fills in the account pages over HTTP as a browser would: reads the form, sends it back with its hidden fields.</summary>
public static partial class AccountPages
{
    public const string Password = "horse battery 7";

    /// <summary>Settings that make the operator "mara" (admin) with <see cref="Password"/>.</summary>
    public static Dictionary<string, string?> WithMara => new()
    {
        ["Access:Bootstrap:OperatorName"] = "mara",
        ["Access:Bootstrap:OperatorPassword"] = Password,
    };

    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient http, Uri page, params (string Name, string Value)[] typed)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var html = await http.GetStringAsync(page, cancellation);
        return await http.SendFormAsync(page, html, typed);
    }

    /// <summary>Sends a form whose page was read before.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(this HttpClient http, Uri page, string html, params (string Name, string Value)[] typed)
    {
        using var form = new FormUrlEncodedContent(Hidden(html).Concat(typed.Select(t => KeyValuePair.Create(t.Name, t.Value))));
        return await http.PostAsync(page, form, TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> SignInAsync(this HttpClient http, HubServer hub, string name = "mara", string password = Password, string query = "") =>
        http.SubmitAsync(new(hub.Address, "/sign-in" + query), ("Input.Name", name), ("Input.Password", password), ("Input.Stay", "true"));

    public static IEnumerable<KeyValuePair<string, string>> Hidden(string html) =>
        from Match input in HiddenInput().Matches(html)
        select KeyValuePair.Create(Attribute(input.Value, "name"), Attribute(input.Value, "value"));

    private static string Attribute(string input, string name) =>
        System.Net.WebUtility.HtmlDecode(Regex.Match(input, $"{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex HiddenInput();
}
