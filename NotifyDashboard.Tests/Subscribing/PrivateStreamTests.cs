using System.Net;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

/// <summary>Private notifications reach those whom a token grants them, and nobody learns that there are any.</summary>
public sealed class PrivateStreamTests(SharedTokenServer shared) : IClassFixture<SharedTokenServer>
{
    private readonly ManualTime _manual = new();
    private readonly string _alice = Names.New("alice"), _bob = Names.New("bob"), _order = Names.New("orders/7");
    private TimeProvider _time = TimeProvider.System;
    private HubServer _hub = shared.Hub;

    [Fact]
    public async Task Stream_of_a_recipient_without_topics_gets_the_inbox_and_hello_names_the_recipient()
    {
        using var alice = await _hub.OpenAsAsync(Token(_alice, new { inbox = new[] { _order } }));
        var ticket = await _hub.TicketAsync(Token(_alice));
        Assert.Equal(ticket.GetProperty("recipient").GetString(), StreamReading.Json(alice.Hello).GetProperty("recipient").GetString());
        await PublishAsync("for bob", $"users/{_bob}");
        await PublishAsync("hers", $"users/{_alice}");
        await PublishAsync("public", "broadcast", isPrivate: false);
        await PublishAsync("her order", _order);
        Assert.Equal(["hers", "public", "her order"], await alice.DataAsync(3));
    }

    [Theory]
    [InlineData("?topic=users/BOB")]
    [InlineData("?match=users/:name")]
    [InlineData("?match=*")]
    [InlineData("?topic=users/BOB&last_event_id=earliest")]
    [InlineData("?match=*&last_event_id=earliest")]
    [InlineData("?match=*&last_event_id=zzzzzzzz-1")]
    [InlineData("?topic=users/BOB&last_event_id=zzzzzzzz-1")]
    [InlineData("?match=*&last_event_id=FIRST")]
    [InlineData("?topic=users/BOB&envelope=1&last_event_id=FIRST")]
    public async Task A_stranger_gets_nothing_private_by_guess_pattern_or_replay(string query)
    {
        var end = $"end of {_bob}.";
        var first = await PublishAsync("before", "broadcast", isPrivate: false);
        var secret = await PublishAsync("secret", $"users/{_bob}");
        await PublishAsync("secret of two topics", $"users/{_bob}", _order);
        await PublishAsync("changed", $"users/{_bob}");
        using (await _hub.SendAsync(HttpMethod.Delete, "/api/notifications/" + secret)) { }
        query = query.Replace("FIRST", first, StringComparison.Ordinal).Replace("BOB", _bob, StringComparison.Ordinal);
        using var nobody = await _hub.OpenAsync(query);
        using var alice = await _hub.OpenAsAsync(Token(_alice), "&" + query[1..]);
        var live = await PublishAsync("live secret", $"users/{_bob}");
        using (await _hub.SendAsync(HttpMethod.Patch, "/api/notifications/" + live, Json("""{"title":"still secret"}"""))) { }
        using (await _hub.SendAsync(HttpMethod.Delete, "/api/notifications/" + live)) { }
        await PublishAsync(end, $"users/{_bob}", isPrivate: false);
        foreach (var stream in new[] { nobody, alice })
        {
            while ((await stream.NextAsync()).Data is var data && !data.Contains(end, StringComparison.Ordinal)) Assert.DoesNotContain("secret", data, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", stream.Raw, StringComparison.Ordinal);
            Assert.DoesNotContain("hub.retract", stream.Raw, StringComparison.Ordinal);
            Assert.DoesNotContain("hub.update", stream.Raw, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Grant_applies_live_and_in_replay_and_only_to_requested_topics()
    {
        // It replays all that there is.
        await using var own = _hub = Hubs.Start(_time = _manual, Jwt.Pairs);
        var token = Token("alice", new { authorization_details = new[] { new { actions = new[] { "subscribe" }, topics = new[] { new { match = "orders/:id" } } } } });
        await PublishAsync("order 1", "orders/1");
        await PublishAsync("of the shop", "shop/1");
        await PublishAsync("hers", "users/alice");
        using var replayed = await _hub.OpenAsAsync(token, "&match=*&last_event_id=earliest");
        using var asked = await _hub.OpenAsAsync(token, "&topic=orders/2");
        await PublishAsync("order 3", "orders/3");
        await PublishAsync("order 2 on two topics", "shop/1", "orders/2");
        await PublishAsync("only one of them is asked for", "orders/2", "users/alice");
        Assert.Equal(["order 1", "hers", "order 3", "order 2 on two topics"], await replayed.DataAsync(4));
        Assert.Equal(["order 2 on two topics", "only one of them is asked for"], await asked.DataAsync(2));
    }

    [Fact]
    public async Task Grants_are_checked_again_when_a_stream_reconnects()
    {
        var granted = Token(_alice, new { inbox = new[] { _order } });
        var cursor = await PublishAsync("before", "broadcast", isPrivate: false);
        await PublishAsync("order", _order);
        using (var stream = await _hub.OpenAsAsync(granted, $"&topic={_order}", cursor)) Assert.Equal("order", (await stream.NextAsync()).Data);
        using var later = await _hub.OpenAsAsync(Token(_alice), $"&topic={_order}", cursor);
        await PublishAsync("end", _order, isPrivate: false);
        Assert.Equal("end", (await later.NextAsync()).Data);
    }

    [Fact]
    public async Task The_history_is_not_for_recipients_whatever_their_token_says()
    {
        var id = await PublishAsync("secret", $"users/{_alice}");
        var token = Token(_alice, new { authorization_details = new[] { new { actions = new[] { "read", "subscribe" }, topics = new[] { new { match = "*" } } } } });
        foreach (var path in new[] { "/api/notifications", $"/api/notifications?topic=users/{_alice}", "/api/notifications?q=secret", "/api/notifications?match=users/:name", "/api/notifications/" + id, "/api/notifications/none-1", "/api/scheduled" })
        {
            using var answer = await _hub.SendAsync(HttpMethod.Get, path, token);
            await ProblemAssert.IsAsync(answer, HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Fact]
    public async Task Inbox_of_another_recipient_cannot_be_read_or_changed_and_its_ids_seem_unknown()
    {
        // Of the inboxes all is looked at.
        await using var own = _hub = Hubs.Start(_time = _manual, Jwt.Pairs);
        var (alice, bob) = (Token("alice"), Token("bob"));
        Assert.Equal(0, (await AskAsync(bob, HttpMethod.Get, "/api/inbox/counts")).GetProperty("unread").GetInt32());
        var secret = await PublishAsync("secret", "users/bob");
        var unknown = secret[..(secret.LastIndexOf('-') + 1)] + "9999";
        foreach (var act in new[] { "seen", "read", "unread", "archive", "unarchive" }) await AlikeAsync(act, id => $$"""{"ids":["{{id}}"]}""");
        await AlikeAsync("snooze", id => $$"""{"ids":["{{id}}"],"until":"{{_time.GetUtcNow().AddHours(1):O}}"}""");
        Assert.Equal(await SaysAsync("/api/inbox/read", $$"""{"upTo":"{{secret}}","topics":["users/bob"]}"""), await SaysAsync("/api/inbox/read", $$"""{"upTo":"{{secret}}","topics":["users/none"]}"""));
        Assert.Equal(await SaysAsync("/api/inbox/counts?topic=users/bob"), await SaysAsync("/api/inbox/counts?topic=users/none"));
        foreach (var path in new[] { "/api/inbox", "/api/inbox?tab=archived", $"/api/inbox?before={unknown}", "/api/inbox/counts?topic=users/bob" })
            Assert.DoesNotContain("bob", (await SaysAsync(path)).Said.Replace("topic=users/bob", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var inbox = await AskAsync(bob, HttpMethod.Get, "/api/inbox");
        var item = Assert.Single(inbox.GetProperty("items").EnumerateArray());
        Assert.Equal((secret, false, false), (item.GetProperty("id").GetString(), item.GetProperty("seen").GetBoolean(), item.GetProperty("read").GetBoolean()));

        async Task AlikeAsync(string act, Func<string, string> body) => Assert.Equal(await SaysAsync("/api/inbox/" + act, body(secret)), await SaysAsync("/api/inbox/" + act, body(unknown)));

        async Task<(HttpStatusCode Status, string Said)> SaysAsync(string path, string? body = null)
        {
            using var answer = await _hub.SendAsync(body is null ? HttpMethod.Get : HttpMethod.Post, path, alice, body is null ? null : Json(body));
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    private async Task<System.Text.Json.JsonElement> AskAsync(string token, HttpMethod method, string path)
    {
        using var answer = await _hub.SendAsync(method, path, token);
        return System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    [Fact]
    public async Task A_ticket_opens_one_stream_within_thirty_seconds_and_never_anothers()
    {
        await using var own = _hub = Hubs.Start(_time = _manual, Jwt.Pairs);
        var ticket = "?ticket=" + (await _hub.TicketAsync(Token("bob"))).GetProperty("ticket").GetString();
        // Whoever took Bob's ticket has Bob's stream, whatever else they send but a header, which decides alone.
        using (var both = await _hub.SendAsync(HttpMethod.Get, "/sse-stream" + ticket, Token("alice"))) Assert.Equal(HttpStatusCode.OK, both.StatusCode);
        using (var first = await _hub.OpenAsync(ticket)) Assert.Contains("recipient", first.Hello.Data, StringComparison.Ordinal);
        await RefusedAsync(ticket);
        var late = "?ticket=" + (await _hub.TicketAsync(Token("bob"))).GetProperty("ticket").GetString();
        _manual.Advance(StreamTickets.Lifetime);
        await RefusedAsync(late);
        await RefusedAsync("?ticket=");
        await RefusedAsync("?ticket=a&ticket=b");

        async Task RefusedAsync(string query)
        {
            using var answer = await _hub.SendAsync(HttpMethod.Get, "/sse-stream" + query, withKey: false);
            await ProblemAssert.IsAsync(answer, HttpStatusCode.Unauthorized, "unauthorized");
        }
    }

    [Fact]
    public async Task Stream_ends_with_hub_bye_when_its_token_expires_and_other_streams_continue()
    {
        await using var own = _hub = Hubs.Start(_time = _manual, Jwt.Pairs);
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        using var brief = await _hub.OpenAsAsync(Token("alice", new { exp = now + 120 }));
        using var longer = await _hub.OpenAsAsync(Token("bob"));
        // The hub lets a minute pass for the clocks.
        _manual.Advance(TimeSpan.FromSeconds(179));
        await PublishAsync("still", "broadcast", isPrivate: false);
        while ((await brief.NextAsync()).Data != "still") { }
        _manual.Advance(TimeSpan.FromSeconds(2));
        var frames = new List<string>();
        while (await brief.TryNextAsync() is { } frame) frames.Add(frame.EventType);
        Assert.Equal("hub.bye", frames[^1]);
        await PublishAsync("on", "broadcast", isPrivate: false);
        while ((await longer.NextAsync()).Data != "on") { }
    }

    [Fact]
    public async Task A_hub_without_anonymous_streams_opens_for_a_ticket()
    {
        await using var hub = Hubs.Start([.. Jwt.Pairs, ("Streams:AllowAnonymous", "false"), ("Streams:AllowAnonymousEarliest", "false")]);
        using var stream = await hub.OpenAsAsync(Token("alice"), "&last_event_id=earliest");
        Assert.Contains("recipient", stream.Hello.Data, StringComparison.Ordinal);
    }

    private string Token(string sub, object? claims = null) => Jwt.Of(sub, claims, now: _time.GetUtcNow());

    private Task<string> PublishAsync(string text, params string[] topics) => PublishAsync(text, topics, true);

    private Task<string> PublishAsync(string text, string topic, bool isPrivate) => PublishAsync(text, [topic], isPrivate);

    private Task<string> PublishAsync(string text, string[] topics, bool isPrivate) => _hub.PublishAsync(new { topic = topics, data = text, @private = isPrivate });

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
