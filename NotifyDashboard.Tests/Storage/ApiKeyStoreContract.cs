using System.Net;
using NotifyDashboard.Access;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every store of API keys, whatever its database.</summary>
public abstract class ApiKeyStoreContract : StoreContract
{
    private static readonly AuditEntry Created = new(AuditActions.KeyCreated, "mara");
    private static readonly AuditEntry Revoked = new(AuditActions.KeyRevoked, "mara");
    private static readonly AuditEntry Configured = new(AuditActions.Bootstrap, AuditActors.Configuration);

    private protected override IReadOnlyList<Func<Task>> Uses =>
    [
        () => AddAsync("shop", 1),
        () => Keys.FindAsync([1], Cancellation),
        () => Keys.ListAsync(Cancellation),
        () => BootstrapAsync(2),
        () => Keys.RecordUsesAsync([new(new(1, "shop", [], []), Time.GetUtcNow(), null)]),
        () => Keys.RevokeAsync(1, Revoked),
    ];

    [Fact]
    public async Task Key_is_found_by_its_hash_with_what_it_may_do()
    {
        var hash = ApiKeyText.Hash("nd_text");
        await Keys.AddAsync(new("Büro 🎉", hash, ApiKeyOrigins.Operator, [Actions.Publish, Actions.Read], ["orders/:id", "ö\"\\/*"], "mara"), Created);
        var found = (await Keys.FindAsync(hash, Cancellation))!;
        Assert.Equal(("Büro 🎉", "publish read", "orders/:id ö\"\\/*"), (found.Name, string.Join(' ', found.Actions), string.Join(' ', found.TopicPatterns)));
        Assert.Null(await Keys.FindAsync(ApiKeyText.Hash("nd_texT"), Cancellation));
        Assert.Null(await Keys.FindAsync([], Cancellation));
        Assert.Equal([Created], await AuditedAsync());
    }

    [Fact]
    public async Task Key_that_is_known_is_not_added_again()
    {
        var first = await AddAsync("shop", 1);
        Assert.Equal(first.Id, (await AddAsync("other", 1)).Id);
        Assert.Equal("shop", Assert.Single(await Keys.ListAsync(Cancellation)).Name);
        Assert.Equal([Created], await AuditedAsync());
    }

    [Fact]
    public async Task Revoked_key_is_not_found_and_is_revoked_once()
    {
        var (key, other) = (await AddAsync("shop", 1), await AddAsync("other", 2));
        Assert.True(await Keys.RevokeAsync(key.Id, Revoked));
        var revoked = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromDays(1));
        Assert.False(await Keys.RevokeAsync(key.Id, Revoked));
        Assert.False(await Keys.RevokeAsync(other.Id + 1, Revoked));
        Assert.Null(await Keys.FindAsync([1], Cancellation));
        Assert.NotNull(await Keys.FindAsync([2], Cancellation));
        Assert.Equal([null, revoked], (await Keys.ListAsync(Cancellation)).Select(one => one.RevokedAt));
        Assert.Single(await AuditedAsync(AuditActions.KeyRevoked));
    }

    [Fact]
    public async Task Revocation_in_an_ended_session_is_rolled_back()
    {
        var key = await AddAsync("shop", 1);
        await Assert.ThrowsAsync<SessionEndedException>(() => Keys.RevokeAsync(key.Id, Revoked with { Actor = new("mara") { Session = "ended" } }));
        Assert.NotNull(await Keys.FindAsync([1], Cancellation));
    }

    [Fact]
    public async Task List_has_valid_keys_first_and_is_ordered_by_name()
    {
        var gone = await AddAsync("a gone", 1);
        await Keys.RevokeAsync(gone.Id, Revoked);
        foreach (var (i, name) in new[] { "c", "b", "c" }.Index()) await AddAsync(name, (byte)(2 + i));
        var list = await Keys.ListAsync(Cancellation);
        Assert.Equal(["b", "c", "c", "a gone"], list.Select(one => one.Name));
        Assert.True(list[1].Id < list[2].Id);
        var first = list[0];
        Assert.Equal((ApiKeyOrigins.Operator, "mara", Time.GetUtcNow(), null), (first.Origin, first.CreatedBy, first.CreatedAt, first.LastUsedAt));
    }

    [Fact]
    public async Task Bootstrap_key_replaces_the_previous_bootstrap_key_only()
    {
        await AddAsync("shop", 1);
        Assert.True(await BootstrapAsync(2));
        Assert.False(await BootstrapAsync(2));
        Assert.True(await BootstrapAsync(3));
        Assert.Null(await Keys.FindAsync([2], Cancellation));
        Assert.Equal(["bootstrap", "shop"], (await Keys.ListAsync(Cancellation)).Select(one => one.Name));
        Assert.True(await BootstrapAsync(2));
        Assert.Null(await Keys.FindAsync([3], Cancellation));
        Assert.NotNull(await Keys.FindAsync([1], Cancellation));
        Assert.Equal(3, (await AuditedAsync(AuditActions.Bootstrap)).Count);
    }

    [Fact]
    public async Task Bootstrap_key_that_was_revoked_or_belongs_to_an_operator_is_not_replaced()
    {
        await AddAsync("shop", 1);
        Assert.False(await BootstrapAsync(1));
        Assert.Equal(ApiKeyOrigins.Operator, Assert.Single(await Keys.ListAsync(Cancellation)).Origin);
        await BootstrapAsync(2);
        await Keys.RevokeAsync((await Keys.FindAsync([2], Cancellation))!.Id, Revoked);
        Assert.False(await BootstrapAsync(2));
        Assert.Null(await Keys.FindAsync([2], Cancellation));
    }

    [Fact]
    public async Task First_use_of_each_key_in_an_hour_is_audited_and_the_last_is_kept()
    {
        var (shop, news) = (await AddAsync("shop", 1), await AddAsync("news", 2));
        await Keys.RecordUsesAsync([new(shop, At(10), IPAddress.Parse("10.0.0.1")), new(news, At(20), null)]);
        await Keys.RecordUsesAsync([new(shop, At(59), IPAddress.Parse("10.0.0.2"))]);
        Assert.Equal([Used("news", null), Used("shop", "10.0.0.1")], await AuditedAsync(AuditActions.KeyUsed));
        await Keys.RecordUsesAsync([new(shop, At(60), IPAddress.Parse("::1")), new(shop, At(61), null)]);
        Assert.Equal(Used("shop", "::1"), (await AuditedAsync(AuditActions.KeyUsed))[0]);
        Assert.Equal(At(60), (await Audit.ReadAsync(new(AuditActions.KeyUsed), Cancellation))[0].At);
        Assert.Equal(3, (await AuditedAsync(AuditActions.KeyUsed)).Count);
        Assert.Equal([At(20), At(61)], (await Keys.ListAsync(Cancellation)).Select(one => one.LastUsedAt!.Value));

        DateTimeOffset At(int minutes) => Time.GetUtcNow().AddMinutes(minutes);
        AuditEntry Used(string name, string? address) => new(AuditActions.KeyUsed, new(name, address));
    }

    private async Task<ApiKey> AddAsync(string name, byte hash)
    {
        await Keys.AddAsync(new(name, [hash], ApiKeyOrigins.Operator, [Actions.Read], ["*"], "mara"), Created);
        return (await Keys.FindAsync([hash], Cancellation))!;
    }

    private Task<bool> BootstrapAsync(byte hash) => Keys.ReplaceBootstrapAsync(new("bootstrap", [hash], ApiKeyOrigins.Bootstrap, Actions.All, ["*"]), Configured);
}
