using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every audit, whatever its database.</summary>
public abstract class AuditLogContract : StoreContract
{
    private protected override IReadOnlyList<Func<Task>> Uses => [() => AddAsync("mara"), () => Audit.ReadAsync(new(), Cancellation)];

    [Fact]
    public async Task Audit_entries_are_read_unchanged_newest_first()
    {
        var full = new AuditEntry(AuditActions.RoleChanged, new("Zoë 🎉", "2001:db8::1"), "bo", "from viewer to sender");
        var bare = new AuditEntry(AuditActions.SignInRefused, "nobody");
        await Audit.AddAsync(full);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        await Audit.AddAsync(bare);
        var rows = await Audit.ReadAsync(new(), Cancellation);
        Assert.Equal([(bare, Drafts.Noon.AddMilliseconds(1)), (full, Drafts.Noon)], rows.Select(row => (row.Entry, row.At)));
        Assert.True(rows[0].Id > rows[1].Id);
    }

    [Fact]
    public async Task Entry_of_a_session_that_has_ended_is_refused()
    {
        await Assert.ThrowsAsync<SessionEndedException>(() => Audit.AddAsync(new(AuditActions.Invited, new Actor("mara") { Session = "ended" })));
        Assert.Empty(await AuditedAsync());
    }

    [Fact]
    public async Task Next_page_continues_before_the_last_entry()
    {
        for (var i = 1; i <= 5; i++) await AddAsync($"{i}");
        var first = await Audit.ReadAsync(new(Limit: 2), Cancellation);
        Assert.Equal(["5", "4"], first.Select(row => row.Entry.Actor.Name));
        Assert.Equal(["3", "2", "1"], await FindAsync(new(Before: first[1].Id)));
        Assert.Equal(["3"], await FindAsync(new(Before: first[1].Id, Limit: 1)));
        Assert.Empty(await FindAsync(new(Limit: 0)));
    }

    [Fact]
    public async Task From_is_inclusive_and_to_is_exclusive()
    {
        for (var i = 0; i < 4; i++)
        {
            await AddAsync($"{i}");
            Time.Advance(TimeSpan.FromHours(1));
        }
        Assert.Equal(["2", "1"], await FindAsync(new(From: Drafts.Noon.AddHours(1), To: Drafts.Noon.AddHours(3))));
        Assert.Equal(["3", "2"], await FindAsync(new(From: Drafts.Noon.AddHours(1).AddMilliseconds(1))));
        Assert.Equal(["0"], await FindAsync(new(To: Drafts.Noon.AddMilliseconds(1))));
        // The same moment in another time zone.
        Assert.Equal(["3"], await FindAsync(new(From: Drafts.Noon.AddHours(3).ToOffset(TimeSpan.FromHours(9)))));
    }

    [Fact]
    public async Task Audit_filters_by_action_and_by_name_can_be_combined()
    {
        await AddAsync("mara", action: AuditActions.SignedIn);
        await AddAsync("bo", "mara");
        await AddAsync("bo", "theo");
        await AddAsync("theo", action: AuditActions.SignedIn);
        Assert.Equal(["theo", "mara"], await FindAsync(new(AuditActions.SignedIn)));
        Assert.Equal(["mara"], await FindAsync(new(AuditActions.SignedIn, "mara")));
        Assert.Equal(["bo", "mara"], await FindAsync(new(Who: "mara")));
        Assert.Empty(await FindAsync(new("signed")));
        Assert.Empty(await FindAsync(new("SIGNED-IN")));
        Assert.Equal(4, (await FindAsync(new(Who: ""))).Count);
    }

    [Theory]
    [InlineData("ara")]
    [InlineData("MARA")]
    [InlineData("mArA s")]
    [InlineData("Müller")]
    [InlineData("MüLLER")]
    public async Task Who_matches_a_part_of_the_actor_or_the_target_in_either_case(string who)
    {
        await AddAsync("Mara S. Müller");
        await AddAsync("bo", "mara s. müller");
        // Neither the detail nor the address.
        await Audit.AddAsync(new(AuditActions.RoleChanged, new("theo", "Mara S. Müller"), "bo", "Mara S. Müller"));
        Assert.Equal(["bo", "Mara S. Müller"], await FindAsync(new(Who: who)));
    }

    [Theory]
    [InlineData("%", "100%")]
    [InlineData("_", "a_b")]
    [InlineData("\\", "c\\d")]
    [InlineData("0%", "100%")]
    [InlineData("'", "o'neill")]
    [InlineData("\\%")]
    [InlineData("a%b")]
    [InlineData("[a-z]")]
    [InlineData("' OR 1=1 --")]
    public async Task Audit_name_filter_is_taken_literally(string who, params string[] found)
    {
        foreach (var name in new[] { "100%", "1000", "a_b", "acb", "c\\d", "cd", "o'neill" }) await AddAsync(name);
        if (who == "%") found = [.. found];
        Assert.Equal(found, await FindAsync(new(Who: who)));
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'somebody else'")]
    [InlineData("DELETE FROM audit")]
    public async Task Entries_are_neither_changed_nor_deleted(string statement)
    {
        await AddAsync("mara");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ExecuteAsync(statement));
        Assert.Equal(["mara"], await FindAsync(new()));
    }

    private Task AddAsync(string actor, string? target = null, string action = AuditActions.RoleChanged) => Audit.AddAsync(new(action, actor, target));

    private async Task<IReadOnlyList<string>> FindAsync(AuditQuery query) => [.. (await Audit.ReadAsync(query, Cancellation)).Select(row => row.Entry.Actor.Name)];
}
