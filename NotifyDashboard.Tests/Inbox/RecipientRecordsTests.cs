using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;
using NotifyDashboard.Storage;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Subscribing;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Inbox;

/// <summary>What is held of one recipient is handed over whole, and deleted so that nothing is left in the files.</summary>
public sealed class RecipientRecordsTests(SharedTokenServer shared) : IClassFixture<SharedTokenServer>
{
    private const string Path = "/api/recipients?sub=alice";

    private HubServer _hub = shared.Hub;
    private string _own = "", _shared = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recipient_export_by_API_and_by_command_contains_every_record()
    {
        await using var own = await StartWithAliceAsync();
        using var answer = await _hub.SendAsync(HttpMethod.Get, Path);
        CheckExport(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var output = new StringWriter();
        Assert.Equal(0, await RunCommandAsync(output, "export"));
        CheckExport(JsonDocument.Parse(output.ToString()).RootElement);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erased_recipient_data_is_in_no_response_and_in_no_database_file(bool byCommand)
    {
        await using var own = await StartWithAliceAsync();
        using var stream = await _hub.OpenAsAsync(Jwt.Of("alice"));
        var output = new StringWriter();
        if (byCommand) Assert.True(await RunCommandAsync(output, "erase") == 0, output.ToString());
        else using (var answer = await _hub.SendAsync(HttpMethod.Delete, Path)) Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        if (!byCommand)
        {
            // Changes of the inbox have a way of their own: they may come before the retraction, and the erasure as well as the trim announces one.
            List<SseItem<string>> told = [];
            while (told.DistinctBy(item => item.EventType).Count() < 2) told.AddRange(await stream.TakeAsync(1));
            Assert.Single(told, item => item.EventType == "hub.retract");
            Assert.All(told.Where(item => item.EventType == "hub.read"), item => Assert.Equal("trimmed", StreamReading.Json(item).GetProperty("change").GetString()));
        }
        using (var answer = await _hub.SendAsync(HttpMethod.Get, "/api/notifications/" + _own)) Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using (var answer = await _hub.SendAsync(HttpMethod.Get, "/api/notifications/" + _shared)) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var file = _hub.Services.GetRequiredService<SqliteDataSource>().File;
        // In lower case, as the search index has words.
        foreach (var word in new[] { "aliceonlyword", "Mutedtypeword" }) await Eventually.TrueAsync(() => new[] { "", "-wal", "-search", "-search-wal" }.All(part => !FileBytes.Hold(file + part, word)));
    }

    [Fact]
    public async Task Audit_of_export_and_erasure_names_the_key_and_only_a_hash_of_the_recipient()
    {
        await using var own = await StartWithAliceAsync();
        using (var exported = await _hub.SendAsync(HttpMethod.Get, Path)) Assert.Equal(HttpStatusCode.OK, exported.StatusCode);
        using (var erased = await _hub.SendAsync(HttpMethod.Delete, Path)) Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        var entries = (await _hub.Services.GetRequiredService<IAuditLog>().ReadAsync(new(), Cancellation)).Select(row => row.Entry).Take(2).ToList();
        Assert.Equal([AuditActions.RecipientErased, AuditActions.RecipientExported], entries.Select(entry => entry.Action));
        Assert.All(entries, entry => Assert.Equal((Bootstrap.KeyName, "sha256 2bd806c97f0e00af"), (entry.Actor.Name, entry.Target)));
    }

    [Fact]
    public async Task Erasure_without_a_recipient_or_outside_the_keys_topics_is_refused()
    {
        using (var nobody = await _hub.SendAsync(HttpMethod.Delete, "/api/recipients")) Assert.Contains("sub_invalid", await ProblemAssert.IsAsync(nobody, HttpStatusCode.BadRequest, "invalid"));
        var key = ApiKeyText.Create();
        await _hub.Services.GetRequiredService<IApiKeyStore>().AddAsync(
            new("shop", ApiKeyText.Hash(key), ApiKeyOrigins.Operator, ["manage"], ["orders/*"]), new(AuditActions.KeyCreated, "test"));
        using var answer = await _hub.SendAsync(HttpMethod.Delete, Path, key);
        await ProblemAssert.IsAsync(answer, HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("recipient")]
    [InlineData("recipient", "erase")]
    [InlineData("recipient", "forget", "--sub", "alice")]
    public async Task Invalid_recipient_command_prints_usage(params string[] args)
    {
        var errors = new StringWriter();
        Assert.Equal(1, await CommandLine.RunAsync(args, _hub.Services, TextWriter.Null, errors));
        Assert.Contains("Usage", errors.ToString(), StringComparison.Ordinal);
    }

    // All that a file holds is looked at, and all that is told of Alice.
    private async Task<HubServer> StartWithAliceAsync()
    {
        _hub = Hubs.Start(Jwt.Pairs);
        _own = await _hub.PublishAsync(new { topic = "users/alice", @private = true, title = "aliceonlyword" });
        _shared = await _hub.PublishAsync(new { topic = new[] { "users/alice", "users/bob" }, title = "For both" });
        await InboxAsync(HttpMethod.Post, "/read", new { ids = new[] { _own } });
        await InboxAsync(HttpMethod.Put, "/preferences", new { muted = new { types = new[] { "Mutedtypeword" } } });
        return _hub;
    }

    // The command has a process of its own; here another host on the same file.
    private async Task<int> RunCommandAsync(TextWriter output, string what)
    {
        var file = _hub.Services.GetRequiredService<SqliteDataSource>().File;
        var builder = WebApplication.CreateBuilder([$"--Storage:ConnectionString=Data Source={file}"]);
        builder.Services.AddStorage();
        builder.Services.AddHub().AddInbox().AddSubscribing();
        await using var app = builder.Build();
        return await CommandLine.RunAsync(["recipient", what, "--sub", "alice"], app.Services, output, output);
    }

    private void CheckExport(JsonElement json)
    {
        Assert.Equal(("alice", "Mutedtypeword"), (json.GetProperty("sub").GetString(), json.GetProperty("preferences").GetProperty("muted").GetProperty("types")[0].GetString()));
        Assert.Equal((_own, true), (json.GetProperty("marks")[0].GetProperty("id").GetString(), json.GetProperty("marks")[0].GetProperty("read").GetBoolean()));
        Assert.Equal(["broadcast", "users/alice"], json.GetProperty("topics").EnumerateArray().Select(topic => topic.GetProperty("topic").GetString()!));
        var notification = Assert.Single(json.GetProperty("notifications").EnumerateArray());
        Assert.Equal((_own, "aliceonlyword", true), (notification.GetProperty("id").GetString(), notification.GetProperty("title").GetString(), notification.GetProperty("read").GetBoolean()));
    }

    private async Task InboxAsync(HttpMethod method, string path, object body)
    {
        using var answer = await _hub.SendAsync(method, "/api/inbox" + path, Jwt.Of("alice"), JsonContent.Create(body));
        answer.EnsureSuccessStatusCode();
    }
}
