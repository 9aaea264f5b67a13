using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

public class DraftRulesTests
{
    private static readonly NotificationDraft Good = new() { Title = "Hello" };

    public static TheoryData<string, string, Func<NotificationDraft, NotificationDraft>> Broken => new()
    {
        { "topic", "topic_missing", d => d with { Topics = [] } },
        { "topic", "topics_too_many", d => d with { Topics = Many(11, i => $"t{i}") } },
        { "topic", "topic_invalid", d => d with { Topics = ["a\nb"] } },
        { "topic", "topic_invalid", d => d with { Topics = [null!] } },
        { "topic", "topic_twice", d => d with { Topics = ["a", "a"] } },
        { "type", "type_invalid", d => d with { Type = "" } },
        { "type", "type_invalid", d => d with { Type = new string('x', 101) } },
        { "type", "type_invalid", d => d with { Type = "a b" } },
        { "type", "type_invalid", d => d with { Type = "a\nid: 1" } },
        { "type", "type_invalid", d => d with { Type = "a\0" } },
        { "type", "type_invalid", d => d with { Type = "ü" } },
        { "type", "type_reserved", d => d with { Type = "hub.bye" } },
        { "type", "type_reserved", d => d with { Type = "HUB.x" } },
        { "title", "nothing_to_say", d => d with { Title = null } },
        { "title", "title_missing", d => d with { Title = null, Url = "/" } },
        { "title", "title_missing", d => d with { Title = " ", Body = "" } },
        { "title", "title_too_long", d => d with { Title = new string('x', 201) } },
        { "title", "title_not_unicode", d => d with { Title = "\ud800" } },
        { "title", "title_control", d => d with { Title = "a\nb" } },
        { "title", "title_control", d => d with { Title = "a\u0085b" } },
        { "title", "title_control", d => d with { Title = "invoice\u202Efdp.exe" } },
        { "tags", "tag_invalid", d => d with { Tags = ["a\u2066b"] } },
        { "url", "url_invalid", d => d with { Url = "https://shop.example/\u202Egnp" } },
        { "actions", "action_label_invalid", d => d with { Actions = [new("\uFEFFGo", "/")] } },
        { "externalId", "external_id_invalid", d => d with { ExternalId = "a\u2069" } },
        { "collapseKey", "collapse_key_invalid", d => d with { CollapseKey = "a\u202A" } },
        { "body", "body_too_long", d => d with { Body = new string('x', 4_001) } },
        { "body", "body_not_unicode", d => d with { Body = "\udc00x" } },
        { "severity", "severity_unknown", d => d with { Severity = "Info" } },
        { "url", "url_invalid", d => d with { Url = "javascript:alert(1)" } },
        { "url", "url_too_long", d => d with { Url = "/" + new string('x', 2_048) } },
        { "icon", "icon_invalid", d => d with { Icon = "data:image/png,x" } },
        { "icon", "icon_too_long", d => d with { Icon = "/" + new string('x', 2_048) } },
        { "tags", "tags_too_many", d => d with { Tags = Many(11, i => $"t{i}") } },
        { "tags", "tag_invalid", d => d with { Tags = [" "] } },
        { "tags", "tag_invalid", d => d with { Tags = [new string('x', 51)] } },
        { "tags", "tag_invalid", d => d with { Tags = ["a\tb"] } },
        { "actions", "actions_too_many", d => d with { Actions = Many(4, i => new NotificationAction($"a{i}", "/")) } },
        { "actions", "action_label_invalid", d => d with { Actions = [new("", "/")] } },
        { "actions", "action_label_invalid", d => d with { Actions = [new(new string('x', 51), "/")] } },
        { "actions", "actions_invalid", d => d with { Actions = [new("Go", "//evil.example")] } },
        { "actions", "actions_too_long", d => d with { Actions = [new("Go", "/" + new string('x', 2_048))] } },
        { "data", "data_too_large", d => d with { Data = NotificationData.FromString(new string('x', 65_537)) } },
        { "data", "data_too_large", d => d with { Data = NotificationData.FromString(new string('ü', 32_768) + "x") } },
        { "data", "data_not_unicode", d => d with { Data = NotificationData.FromString("\ud800") } },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void Draft_that_breaks_a_rule_is_refused_with_field_and_rule(string field, string rule, Func<NotificationDraft, NotificationDraft> damage)
    {
        var error = Assert.Single(DraftRules.Check(damage(Good)));
        Assert.Equal((field, rule), (error.Field, error.Rule));
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draft_with_every_field_at_its_limit_is_valid() => Assert.Empty(DraftRules.Check(new NotificationDraft
    {
        Topics = Many(10, i => new string((char)('a' + i), 500)),
        Type = new string('~', 100),
        Title = new string('x', 200),
        Body = new string('x', 3_999) + "\n",
        Severity = Severity.Critical,
        Url = "/" + new string('x', 2_047),
        Icon = "https://x/" + new string('x', 2_038),
        Tags = Many(10, i => new string('x', 50)),
        Actions = Many(3, i => new NotificationAction(new string('x', 50), "/")),
        Data = NotificationData.FromString(new string('ü', 32_768)),
    }));

    [Fact]
    public void Every_bidirectional_control_and_C1_control_is_refused_in_a_line()
    {
        int[] refused = [.. Enumerable.Range(0, 0x20), .. Enumerable.Range(0x7F, 0x21), .. Enumerable.Range(0x202A, 5), .. Enumerable.Range(0x2066, 4), 0xFEFF];
        Assert.Equal(refused, Enumerable.Range(0, 0xD800).Concat(Enumerable.Range(0xE000, 0x2000)).Where(c => !DraftRules.IsLine($"a{(char)c}b")));
    }

    [Theory]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\u0D28\u0D4D\u200D")]
    [InlineData("\U0001F469\u200D\U0001F4BB")]
    [InlineData("C#\u200E \u05D0\u200F!")]
    public void Joiners_and_direction_marks_are_part_of_a_text(string text) =>
        Assert.Empty(DraftRules.Check(Good with { Title = text, Topics = [text], Tags = [text] }));

    [Fact]
    public void A_body_may_hold_the_controls_that_a_line_may_not() => Assert.Empty(DraftRules.Check(Good with { Body = "a\u202Bb\u202C\n" }));

    [Fact]
    public void Length_is_counted_in_UTF_16_units_and_the_error_message_says_so()
    {
        Assert.Empty(DraftRules.Check(Good with { Title = string.Concat(Enumerable.Repeat("🎉", 100)) }));
        var error = Assert.Single(DraftRules.Check(Good with { Title = string.Concat(Enumerable.Repeat("🎉", 101)) }));
        Assert.Equal("title has 202 characters, counted in UTF-16 units; at most 200 fit.", error.Message);
    }

    [Fact]
    public void Draft_with_data_only_is_valid_even_with_an_empty_string() => Assert.Empty(DraftRules.Check(Drafts.Text("")));

    [Fact]
    public void Draft_with_several_errors_is_refused_with_all_of_them() => Assert.Equal(
        ["topic_missing", "type_reserved", "title_missing", "severity_unknown", "url_invalid"],
        DraftRules.Check(new NotificationDraft { Topics = [], Type = "hub.x", Severity = "x", Url = "x" }).Select(f => f.Rule));

    [Theory]
    [InlineData("/", true)]
    [InlineData("/orders/1?a=b#c", true)]
    [InlineData("http://example.com", true)]
    [InlineData("HTTPS://EXAMPLE.com/ü", true)]
    [InlineData("http://[::1]:8080/", true)]
    [InlineData("", false)]
    [InlineData("orders", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("JaVaScRiPt:alert(1)", false)]
    [InlineData("java\tscript:alert(1)", false)]
    [InlineData(" javascript:alert(1)", false)]
    [InlineData("\u0001javascript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("vbscript:x", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("blob:https://a/b", false)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("\\\\evil.example", false)]
    [InlineData("/\t/evil.example", false)]
    [InlineData("/\n/evil.example", false)]
    [InlineData("\t//evil.example", false)]
    [InlineData("http:evil", false)]
    [InlineData("http:/evil", false)]
    [InlineData("http:///evil", false)]
    [InlineData("http://", false)]
    [InlineData("http:\\\\evil", false)]
    [InlineData("http://a b", false)]
    [InlineData("http://a\u00a0b", false)]
    public void Safe_URL_is_http_or_https_or_an_absolute_path_of_the_site(string url, bool safe) => Assert.Equal(safe, DraftRules.IsSafeUrl(url));

    [Theory]
    [InlineData(0, 1_000)]
    [InlineData(999, 1_000)]
    [InlineData(1_000, 1_000)]
    [InlineData(5_000, 5_000)]
    [InlineData(3_600_000, 3_600_000)]
    [InlineData(3_600_001, 3_600_000)]
    public void Retry_is_clamped_to_a_second_and_an_hour(int given, int stored) =>
        Assert.Equal(TimeSpan.FromMilliseconds(stored), DraftRules.Normalize(Good with { Retry = TimeSpan.FromMilliseconds(given) }).Retry);

    [Fact]
    public void Content_without_a_severity_is_info_and_raw_data_has_none()
    {
        Assert.Equal(Severity.Info, DraftRules.Normalize(Good).Severity);
        Assert.Equal(Severity.Critical, DraftRules.Normalize(Good with { Severity = Severity.Critical }).Severity);
        Assert.Null(DraftRules.Normalize(Drafts.Text("x")).Severity);
        Assert.Null(DraftRules.Normalize(Good).Retry);
    }

    private static T[] Many<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];
}
