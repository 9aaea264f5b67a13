using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd;

/// <summary>A machine without time zone data, as small container images are.</summary>
public sealed class TimeZoneDataTests
{
    public static TheoryData<string, string> Missing => new() { { "TZDIR", Directory.CreateTempSubdirectory("notifydashboard-no-zones-").FullName }, { "DOTNET_SYSTEM_TIMEZONE_INVARIANT", "1" } };

    [Theory]
    [MemberData(nameof(Missing))]
    public async Task Missing_time_zone_data_is_logged_and_quiet_hours_are_refused_except_in_UTC(string variable, string value)
    {
        const string secret = "a-secret-of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz";
        await using var hub = await HubProcess.StartAsync(new() { [variable] = value, ["Access__Tokens__Issuer"] = "https://shop.example", ["Access__Tokens__Keys__0__Secret"] = secret });
        var (_, token) = await hub.CommandAsync("token", "--sub", "alice");
        foreach (var (zone, status) in new[] { ("Europe/Berlin", HttpStatusCode.BadRequest), ("UTC", HttpStatusCode.OK) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, hub.Address + "/api/inbox/preferences") { Content = JsonContent.Create(new { quietHours = new { from = "22:00", to = "07:00", timeZone = zone } }) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Split('\n')[0]);
            using var answer = await hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == status, text);
            if (status != HttpStatusCode.OK) Assert.Contains("Install it (package tzdata)", text, StringComparison.Ordinal);
        }
        Assert.Contains(hub.Printed, line => line.Contains("no time zone data", StringComparison.Ordinal));
    }
}
