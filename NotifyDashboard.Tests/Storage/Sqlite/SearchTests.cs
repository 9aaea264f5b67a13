using Dapper;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SearchTests : IAsyncLifetime
{
    private TestHub _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await TestHub.StartAsync();

    [Theory]
    [InlineData("parcel", "1")]
    [InlineData("PARC", "1")]
    [InlineData("gothenburg", "1")]
    [InlineData("delivery cafe", "2")]
    [InlineData("\"left gothenburg\"", "1")]
    [InlineData("\"gothenburg left\"", "")]
    [InlineData("left gothenburg", "1")]
    [InlineData("gothenburg left", "1")]
    [InlineData("48213", "1")]
    [InlineData("orders", "1")]
    [InlineData("vip", "2")]
    [InlineData("dolly", "3")]
    [InlineData("parcel dolly", "")]
    [InlineData("日本", "4")]
    public async Task Words_are_found_in_every_field_and_by_their_prefix(string text, string found)
    {
        await _store.PublishAsync(new NotificationDraft { Title = "Your parcel", Body = "It left Gothenburg at 10:40.", Topics = ["orders/48213"] });
        await _store.PublishAsync(new NotificationDraft { Title = "Délivery to the Café", Tags = ["vip"], Topics = ["a"] });
        await _store.PublishAsync(Drafts.Text("'Hello Dolly!'", "b"));
        await _store.PublishAsync(new NotificationDraft { Title = "日本 へ", Topics = ["c"] });
        var slice = await ReadAsync(text);
        Assert.Equal(found, string.Join(',', slice.Notifications.Select(n => n.Id.Sequence)));
        Assert.Null(slice.Next);
    }

    [Theory]
    [InlineData("strassenbahn", "1,2")]
    [InlineData("Straßenb", "1,2")]
    [InlineData("STRAẞENBAHN", "1,2")]
    [InlineData("finest", "3")]
    [InlineData("ﬁnest", "3")]
    [InlineData("istanbul", "4")]
    [InlineData("İstanbul", "4")]
    [InlineData("🎉", "5")]
    [InlineData("done today", "5")]
    [InlineData("\"done🎉 today\"", "5")]
    [InlineData("👍", "6,7")]
    [InlineData("👍🏽", "6,7")]
    [InlineData("👩", "8")]
    [InlineData("👩‍👩‍👧", "8")]
    [InlineData("❤", "9")]
    [InlineData("❤️", "9")]
    [InlineData("🥳", "")]
    [InlineData("🏽", "")]
    public async Task Search_ignores_case_ligatures_and_emoji_variants(string text, string found)
    {
        foreach (var title in new[] { "Die Straßenbahn", "Die Strassenbahn", "Our ﬁnest", "İSTANBUL", "Done🎉 today", "Fine 👍", "Good 👍🏽", "👩‍👩‍👧 home", "With ❤️" }) await _store.PublishAsync(new NotificationDraft { Title = title });
        Assert.Equal(found, string.Join(',', (await ReadAsync(text)).Notifications.Select(n => n.Id.Sequence).Order()));
    }

    [Fact]
    public async Task Folded_words_leave_the_index_with_their_notification()
    {
        var id = (await _store.PublishAsync(new NotificationDraft { Title = "Straßenbahn 🎉" })).Id;
        Assert.Single((await ReadAsync("strassenbahn")).Notifications);
        await _store.Hub.RetractAsync(id, "Mara", Cancellation);
        await _store.Log.PurgeAsync(Cancellation);
        Assert.Empty((await ReadAsync("strassenbahn")).Notifications);
        Assert.Empty((await ReadAsync("🎉")).Notifications);
    }

    [Theory]
    [InlineData("NEAR(a b)")]
    [InlineData("title:x")]
    [InlineData("a OR b")]
    [InlineData("a AND NOT b")]
    [InlineData("\"")]
    [InlineData("\"\"\"")]
    [InlineData("a\"b\"c\"")]
    [InlineData("*")]
    [InlineData("^a")]
    [InlineData("-a +b")]
    [InlineData("a\0b")]
    [InlineData("{a b} : c")]
    [InlineData("'; DROP TABLE notifications; --")]
    [InlineData("\ud800x")]
    public async Task Query_syntax_in_a_search_is_treated_as_text(string text)
    {
        await _store.PublishAsync("nothing of it", "t");
        Assert.Empty((await ReadAsync(text)).Notifications);
    }

    [Fact]
    public async Task Text_without_letters_and_digits_finds_nothing_and_a_very_long_text_works()
    {
        await _store.PublishAsync("x", "t");
        Assert.Null(SearchText.ToQuery(" !? - \"\" "));
        Assert.Empty((await ReadAsync("!?")).Notifications);
        Assert.Empty((await ReadAsync(new string('"', 10_000))).Notifications);
        Assert.Single((await ReadAsync(string.Concat(Enumerable.Repeat("x ", 5_000)))).Notifications);
    }

    [Fact]
    public async Task Publish_and_retract_in_one_commit_leave_the_index_intact()
    {
        var drafts = Enumerable.Range(0, 3).Select(i => Drafts.Text($"word number{i}", "t") with { CollapseKey = "c" });
        await _store.Hub.PublishAsync([.. drafts, Drafts.Text("word", "t", "u")], "tester", null, cancellation: Cancellation);
        Assert.Equal([5, 6], (await ReadAsync("word")).Notifications.Select(n => n.Id.Sequence).Order());
        Assert.Empty((await ReadAsync("number0")).Notifications);
        await using var connection = new SqliteConnection($"Data Source={_store.File}-search;Pooling=False");
        await connection.ExecuteAsync("INSERT INTO words (words) VALUES ('integrity-check')");
    }

    [Fact]
    public async Task Read_ends_at_its_bound_and_continues_from_there_until_everything_was_read()
    {
        for (var i = 0; i < 30; i++) await _store.PublishAsync($"{i}", i is 2 or 21 ? "rare/1" : "common");
        Assert.True(TopicPattern.TryParse("rare/*", out var rare));
        var query = new HistoryQuery(new([], [rare], includePrivate: true), TopicFilter.Everything) { MaxNonMatchingRows = 10 };
        var (found, reads) = (new List<long>(), 0);
        for (long? before = null; reads == 0 || before is not null; reads++)
        {
            var slice = await _store.Log.ReadHistoryAsync(query with { Before = before }, Cancellation);
            found.AddRange(slice.Notifications.Select(n => n.Id.Sequence));
            before = slice.Next;
        }
        Assert.Equal([22, 3], found);
        Assert.InRange(reads, 3, 4);
    }

    [Fact]
    public async Task Count_ends_at_its_limit_or_after_its_bound_of_rows_that_do_not_match()
    {
        for (var i = 0; i < 30; i++) await _store.PublishAsync(Drafts.Text($"word {i}", "t") with { Type = i == 0 ? "rare" : "common" });
        var all = new HistoryQuery(TopicFilter.Everything, TopicFilter.Everything, Text: "word");
        Assert.Equal(new(30, true), await CountAsync(all));
        Assert.Equal(new(30, true), await CountAsync(all with { Limit = 30 }));
        Assert.Equal(new(20, false), await CountAsync(all with { Limit = 20 }));
        Assert.Equal(new(1, true), await CountAsync(all with { Type = "rare" }));
        Assert.Equal(new(0, false), await CountAsync(all with { Type = "rare", MaxNonMatchingRows = 10 }));
        Assert.Equal(new(0, true), await CountAsync(all with { Text = "nowhere" }));
        Assert.Equal(new(0, true), await CountAsync(all with { Text = "!?" }));

        Task<HistoryCount> CountAsync(HistoryQuery query) => _store.Log.CountHistoryAsync(query, Cancellation);
    }

    [Fact]
    public async Task Pages_have_no_gap_and_no_duplicate()
    {
        for (var i = 0; i < 25; i++) await _store.PublishAsync($"word {i}", "t");
        var (found, before) = (new List<long>(), (long?)null);
        do
        {
            var slice = await _store.Log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything, Text: "word", Before: before, Limit: 10), Cancellation);
            found.AddRange(slice.Notifications.Select(n => n.Id.Sequence));
            before = slice.Next;
        }
        while (before is not null);
        Assert.Equal([.. Enumerable.Range(1, 25).Reverse().Select(i => (long)i)], found);
    }

    [Fact]
    public async Task From_and_to_narrow_the_result()
    {
        var time = new ManualTime();
        await using var store = await TestHub.StartAsync(time: time);
        var start = time.GetUtcNow();
        for (var i = 0; i < 5; i++)
        {
            await store.PublishAsync($"{i}", "t");
            time.Advance(TimeSpan.FromMinutes(1));
        }
        var slice = await store.Log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything, From: start.AddMinutes(1), To: start.AddMinutes(3)), Cancellation);
        Assert.Equal([3, 2], slice.Notifications.Select(n => n.Id.Sequence));
        Assert.Empty((await store.Log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything, From: start.AddHours(1)), Cancellation)).Notifications);
        Assert.Empty((await store.Log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything, To: start), Cancellation)).Notifications);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private Task<HistorySlice> ReadAsync(string text) => _store.Log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything, Text: text), Cancellation);
}
