using System.Text.Json;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;

namespace NotifyDashboard.Tests.Inbox;

/// <summary>The table of cases that the browser's rules pass too (e2e, MuteRulesTests).</summary>
public class MuteRulesTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases() => Read().Select(one => new TheoryDataRow<string>(one.Name));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Mute_rules_agree_with_the_shared_table_of_cases(string name)
    {
        var (_, preferences, inbox, notification, muted) = Read().Single(one => one.Name == name);
        Assert.Equal(muted, MuteRules.IsMuted(preferences, inbox, notification.Type, notification.Topics, notification.Severity, notification.PublishedAt));
    }

    private static Case[] Read([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        JsonSerializer.Deserialize<Case[]>(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "wwwroot-shared", "mute-cases.json")), JsonSerializerOptions.Web)!;

    private sealed record Case(string Name, InboxPreferences Preferences, string[] Inbox, Given Notification, bool Muted);

    private sealed record Given(string Type, string[] Topics, string? Severity, DateTimeOffset PublishedAt);
}
